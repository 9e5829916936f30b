package io.junctor.server.yaml;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text, word, number, size, duration or boolean.
 *
 * @param <T> the Java type of the value
 * @param expected describes valid values after "must be"
 * @param isText true if numbers and booleans need quotes
 * @param words all valid values, if they are few
 * @param schema the JSON Schema of the value
 * @param parser parses the text; returns null for an invalid one
 */
record ScalarType<T>(
        String expected,
        boolean isText,
        List<String> words,
        Map<String, Object> schema,
        Function<String, @Nullable T> parser)
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
            List.of(),
            orVariable(Map.of("type", "boolean")),
            text -> Map.of("true", true, "false", false).get(text));

    /** A text that {@code parser} accepts. */
    static <T> ScalarType<T> text(String expected, Function<String, @Nullable T> parser) {
        return new ScalarType<>(expected, true, List.of(), Map.of("type", "string"), parser);
    }

    static ScalarType<String> matching(String expected, Predicate<String> valid) {
        return text(expected, text -> valid.test(text) ? text : null);
    }

    static ScalarType<String> nonBlank(String expected) {
        return matching(expected, text -> !text.isBlank());
    }

    /** The constants of an enum in lower case. */
    static <E extends Enum<E>> ScalarType<E> oneOf(Class<E> type) {
        return oneOf(
                List.of(type.getEnumConstants()), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** Values with the word of each, in the order in which errors list them. */
    static <T> ScalarType<T> oneOf(Collection<T> values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        values.forEach(value -> byWord.put(word.apply(value), value));
        List<String> words = List.copyOf(byWord.keySet());
        String expected = "one of " + String.join(", ", words);
        return new ScalarType<>(expected, false, words, orVariable(Map.of("enum", words)), byWord::get);
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
        return new ScalarType<>(expected, false, List.of(), schema, text -> {
            Matcher matcher = QUANTITY.matcher(text);
            Long factor = matcher.matches() ? factorByUnit.get(matcher.group("unit")) : null;
            long number = factor == null ? -1 : Long.parseLong(matcher.group("number")) * factor;
            return factor != null && number >= min && number <= max ? value.apply(number) : null;
        });
    }

    /** Writes a number with the largest unit that divides it. */
    private static String shown(long number, Map<String, Long> factorByUnit) {
        Map.Entry<String, Long> unit = factorByUnit.entrySet().stream()
                .filter(one -> number % one.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
        return number / unit.getValue() + unit.getKey();
    }

    @Override
    public @Nullable T read(YamlNode node) {
        if (isText && node.isUnquotedNonText()) {
            node.mismatch("text in quotes", "");
            return null;
        }
        String raw = node.text(expected);
        T value = raw == null ? null : parser.apply(raw);
        if (raw != null && value == null) {
            node.mismatch(expected, node.hint(raw, words));
        }
        return value;
    }

    private static Map<String, Object> orVariable(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, pattern("\\$\\{")));
    }

    private static Map<String, Object> range(int min, int max) {
        return Map.of("type", "integer", "minimum", min, "maximum", max);
    }

    private static Map<String, Object> pattern(String pattern) {
        return Map.of("type", "string", "pattern", pattern);
    }
}
