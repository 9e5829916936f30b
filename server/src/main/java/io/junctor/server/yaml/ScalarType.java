package io.junctor.server.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text, number, size, duration or boolean.
 *
 * @param <T> the Java type of the value
 * @param expected describes valid values after "must be"
 * @param text true if numbers and booleans need quotes
 * @param schema the JSON Schema of the value
 * @param parser parses the text; returns null for an invalid one
 * @param onRead called with each valid value
 */
record ScalarType<T>(
        String expected,
        boolean text,
        Map<String, Object> schema,
        Function<String, @Nullable T> parser,
        BiConsumer<YamlNode, T> onRead)
        implements ValueType<T> {
    private static final Pattern SIZE = Pattern.compile("(?<number>[0-9]{1,10})(?<unit>KiB|MiB|GiB|)");
    private static final Pattern DURATION = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|m|h)");
    private static final Map<String, Integer> SHIFT_BY_UNIT = Map.of("", 0, "KiB", 10, "MiB", 20, "GiB", 30);
    private static final Map<String, Long> MILLIS_BY_UNIT =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    static final ScalarType<Boolean> BOOLEAN = new ScalarType<>(
            "true or false",
            false,
            orVariable(Map.of("type", "boolean")),
            text -> Map.of("true", true, "false", false).get(text),
            (node, value) -> {});

    /** A text that {@code parser} accepts. */
    static <T> ScalarType<T> text(String expected, Function<String, @Nullable T> parser) {
        return new ScalarType<>(expected, true, Map.of("type", "string"), parser, (node, value) -> {});
    }

    static ScalarType<String> matching(String expected, Predicate<String> valid) {
        return text(expected, text -> valid.test(text) ? text : null);
    }

    static ScalarType<String> nonBlank(String expected) {
        return matching(expected, text -> !text.isBlank());
    }

    static ScalarType<Integer> integer(int min, int max) {
        return number("a whole number from " + min + " to " + max, orVariable(range(min, max)), text -> {
            boolean digits = text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty();
            return digits ? inRange(Long.parseLong(text), min, max) : null;
        });
    }

    /** A number of bytes, plain or with a binary unit. */
    static ScalarType<Integer> bytes(int min, int max) {
        String expected =
                "a size from " + shownBytes(min) + " to " + shownBytes(max) + " such as 64KiB, 1MiB or plain bytes";
        Map<String, Object> schema = Map.of("anyOf", List.of(range(min, max), pattern("^[0-9]+(KiB|MiB|GiB)$|\\$\\{")));
        return number(expected, schema, text -> {
            Matcher matcher = SIZE.matcher(text);
            return matcher.matches()
                    ? inRange(
                            Long.parseLong(matcher.group("number"))
                                    << SHIFT_BY_UNIT.getOrDefault(matcher.group("unit"), 0),
                            min,
                            max)
                    : null;
        });
    }

    /** A duration with a unit. */
    static ScalarType<Duration> duration(Duration min, Duration max) {
        String expected = "a duration from " + shown(min) + " to " + shown(max) + " such as 200ms, 5s or 1m";
        return number(expected, pattern("^[0-9]+(ms|s|m|h)$|\\$\\{"), text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            Duration duration = Duration.ofMillis(
                    Long.parseLong(matcher.group("number")) * MILLIS_BY_UNIT.getOrDefault(matcher.group("unit"), 0L));
            return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 ? duration : null;
        });
    }

    private static <T> ScalarType<T> number(
            String expected, Map<String, Object> schema, Function<String, @Nullable T> parser) {
        return new ScalarType<>(expected, false, schema, parser, (node, value) -> {});
    }

    /** The same type; {@code action} is called with each valid value. */
    ScalarType<T> onRead(BiConsumer<YamlNode, T> action) {
        return new ScalarType<>(expected, text, schema, parser, action);
    }

    @Override
    public @Nullable T read(YamlNode node) {
        if (text && node.isUnquotedNonText()) {
            node.mismatch("text in quotes", "");
            return null;
        }
        String raw = node.text(expected);
        T value = raw == null ? null : parser.apply(raw);
        if (value != null) {
            onRead.accept(node, value);
        } else if (raw != null) {
            node.mismatch(expected, "");
        }
        return value;
    }

    static Map<String, Object> orVariable(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, pattern("\\$\\{")));
    }

    private static Map<String, Object> range(int min, int max) {
        return Map.of("type", "integer", "minimum", min, "maximum", max);
    }

    private static Map<String, Object> pattern(String pattern) {
        return Map.of("type", "string", "pattern", pattern);
    }

    private static @Nullable Integer inRange(long number, int min, int max) {
        return number >= min && number <= max ? (int) number : null;
    }

    private static String shownBytes(int bytes) {
        int shift = Math.min(30, Integer.numberOfTrailingZeros(bytes) / 10 * 10);
        return (bytes >> shift) + List.of("", "KiB", "MiB", "GiB").get(shift / 10);
    }

    private static String shown(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
    }
}
