package io.junctor.server.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words.
 *
 * @param <T> the Java type of the value
 * @param values the values by word, in the order in which errors list them
 */
record EnumType<T>(Map<String, T> values) implements ValueType<T> {

    /** The constants of an enum in lower case. */
    static <E extends Enum<E>> EnumType<E> of(Class<E> type) {
        return of(List.of(type.getEnumConstants()), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** Values with the word of each. */
    static <T> EnumType<T> of(Collection<T> values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        values.forEach(value -> byWord.put(word.apply(value), value));
        return new EnumType<>(byWord);
    }

    @Override
    public @Nullable T read(YamlNode node) {
        String expected = "one of " + String.join(", ", values.keySet());
        String text = node.text(expected);
        T value = text == null ? null : values.get(text);
        if (text != null && value == null) {
            node.mismatch(expected, node.hint(text, values.keySet()));
        }
        return value;
    }
}
