package io.junctor.server.yaml;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a scalar value, with its parser: a text, word, number, size, duration or boolean.
 *
 * @param <T> the Java type of the value
 * @param expected describes valid values after "must be"
 * @param isText true if numbers and booleans need quotes
 * @param words all valid values, if they are few
 * @param range the range of a number, size or duration, else null
 * @param parser parses the text; returns null for an invalid one
 */
record ScalarType<T>(
        String expected,
        boolean isText,
        List<String> words,
        @Nullable Range range,
        Function<String, @Nullable T> parser)
        implements ValueType<T> {
    private static final Pattern QUANTITY = Pattern.compile("(?<number>[0-9]{1,10})(?<unit>[A-Za-z]*)");
    private static final Map<String, Long> NO_UNIT = Map.of("", 1L);
    private static final Map<String, Long> BYTES = Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** A duration from 10 milliseconds to a day. */
    static final ScalarType<Duration> TIMEOUT = duration(Duration.ofMillis(10), Duration.ofHours(24));

    static final ScalarType<Boolean> BOOLEAN =
            new ScalarType<>("true or false", false, List.of(), null, Map.of("true", true, "false", false)::get);

    /** Creates the type of a text that {@code parser} accepts. */
    static <T> ScalarType<T> text(String expected, Function<String, @Nullable T> parser) {
        return new ScalarType<>(expected, true, List.of(), null, parser);
    }

    static ScalarType<String> matching(String expected, Predicate<String> valid) {
        return text(expected, text -> valid.test(text) ? text : null);
    }

    static ScalarType<String> nonBlank(String expected) {
        return matching(expected, text -> !text.isBlank());
    }

    /** Creates the type of the constants of an enum, in lower case. */
    static <E extends Enum<E>> ScalarType<E> oneOf(Class<E> type) {
        return oneOf(
                List.of(type.getEnumConstants()), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** Creates the type of values that are written as words, in the order in which errors list the words. */
    static <T> ScalarType<T> oneOf(Collection<T> values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        values.forEach(value -> byWord.put(word.apply(value), value));
        List<String> words = List.copyOf(byWord.keySet());
        return new ScalarType<>("one of " + String.join(", ", words), false, words, null, byWord::get);
    }

    static ScalarType<Integer> integer(int min, int max) {
        return quantity("a whole number", new Range(NO_UNIT, min, max), "", Math::toIntExact);
    }

    /** Creates the type of a number of bytes, plain or with a binary unit. */
    static ScalarType<Integer> bytes(int min, int max) {
        return quantity("a size", new Range(BYTES, min, max), " such as 64KiB, 1MiB or plain bytes", Math::toIntExact);
    }

    /** Creates the type of a duration with a unit. */
    static ScalarType<Duration> duration(Duration min, Duration max) {
        Range range = new Range(MILLIS, min.toMillis(), max.toMillis());
        return quantity("a duration", range, " such as 200ms, 5s or 1m", Duration::ofMillis);
    }

    private static <T> ScalarType<T> quantity(String what, Range range, String examples, Function<Long, T> value) {
        String expected = what + " from " + range.shown(range.min()) + " to " + range.shown(range.max()) + examples;
        return new ScalarType<>(expected, false, List.of(), range, text -> range.parse(text, value));
    }

    /** A range of numbers that are written with one of the units. */
    record Range(Map<String, Long> factorByUnit, long min, long max) {
        private <T> @Nullable T parse(String text, Function<Long, T> value) {
            Matcher matcher = QUANTITY.matcher(text);
            return Optional.ofNullable(matcher.matches() ? factorByUnit.get(matcher.group("unit")) : null)
                    .map(factor -> Long.parseLong(matcher.group("number")) * factor)
                    .filter(number -> number >= min && number <= max)
                    .map(value)
                    .orElse(null);
        }

        /** Returns a number with the largest unit that divides it. */
        private String shown(long number) {
            Map.Entry<String, Long> unit = factorByUnit.entrySet().stream()
                    .filter(one -> number % one.getValue() == 0)
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow();
            return number / unit.getValue() + unit.getKey();
        }
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
}
