package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
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
    private static final Pattern QUANTITY = Pattern.compile("(?<number>[0-9]{1,10})(?<unit>[A-Za-z]*)");
    private static final Map<String, Long> NO_UNIT = Map.of("", 1L);
    private static final Map<String, Long> BYTES = Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** A duration from 10 milliseconds to a day. */
    static final ScalarType<Duration> TIMEOUT = duration(Duration.ofMillis(10), Duration.ofHours(24));

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
        String expected = "a whole number from " + min + " to " + max;
        return quantity(expected, orVariable(range(min, max)), NO_UNIT, min, max, Math::toIntExact);
    }

    /** A number of bytes, plain or with a binary unit. */
    static ScalarType<Integer> bytes(int min, int max) {
        String expected =
                "a size from " + shown(min, BYTES) + " to " + shown(max, BYTES) + " such as 64KiB, 1MiB or plain bytes";
        Map<String, Object> schema = Map.of("anyOf", List.of(range(min, max), pattern("^[0-9]+(KiB|MiB|GiB)$|\\$\\{")));
        return quantity(expected, schema, BYTES, min, max, Math::toIntExact);
    }

    /** A duration with a unit. */
    static ScalarType<Duration> duration(Duration min, Duration max) {
        String expected = "a duration from " + shown(min.toMillis(), MILLIS) + " to " + shown(max.toMillis(), MILLIS)
                + " such as 200ms, 5s or 1m";
        Map<String, Object> schema = pattern("^[0-9]+(ms|s|m|h)$|\\$\\{");
        return quantity(expected, schema, MILLIS, min.toMillis(), max.toMillis(), Duration::ofMillis);
    }

    private static <T> ScalarType<T> quantity(
            String expected,
            Map<String, Object> schema,
            Map<String, Long> factorByUnit,
            long min,
            long max,
            LongFunction<T> value) {
        Function<String, @Nullable T> parser = text -> {
            Matcher matcher = QUANTITY.matcher(text);
            Long factor = matcher.matches() ? factorByUnit.get(matcher.group("unit")) : null;
            long number = factor == null ? -1 : Long.parseLong(matcher.group("number")) * factor;
            return factor != null && number >= min && number <= max ? value.apply(number) : null;
        };
        return new ScalarType<>(expected, false, schema, parser, (node, ignored) -> {});
    }

    /** Writes a number with the largest unit that divides it. */
    private static String shown(long number, Map<String, Long> factorByUnit) {
        Map.Entry<String, Long> unit = factorByUnit.entrySet().stream()
                .filter(one -> number % one.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
        return number / unit.getValue() + unit.getKey();
    }

    /** The same type; {@code action} is also called with each valid value. */
    ScalarType<T> onRead(BiConsumer<YamlNode, T> action) {
        return new ScalarType<>(expected, text, schema, parser, onRead.andThen(action));
    }

    /** The same type; each valid value is also checked when the whole file has been read without errors. */
    ScalarType<T> checkedBy(ConfigCheck<T> check) {
        return onRead((node, value) -> node.document().addConfigCheck(config -> check.check(value, config, node)));
    }

    /** Reports what is wrong with a value beside the rest of the configuration. */
    interface ConfigCheck<T> {
        void check(T value, RouterConfig config, YamlNode node);
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
}
