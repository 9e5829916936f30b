package io.junctor.server.yaml;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
        Map<String, E> values = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> values.put(constant.name().toLowerCase(Locale.ROOT), constant));
        return new EnumType<>(values);
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
