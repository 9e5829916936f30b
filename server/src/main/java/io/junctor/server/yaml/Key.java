package io.junctor.server.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a section.
 *
 * @param <T> the Java type of its value
 * @param name the key in the file
 * @param type the type of its value
 * @param isRequired true if the section needs the key
 * @param defaultValue the value if the key is absent; null for required and optional keys
 */
record Key<T>(
        String name,
        ValueType<T> type,
        boolean isRequired,
        @Nullable T defaultValue) {

    static <T> Key<T> required(String name, ValueType<T> type) {
        return new Key<>(name, type, true, null);
    }

    static <T> Key<T> optional(String name, ValueType<T> type) {
        return new Key<>(name, type, false, null);
    }

    static <T> Key<T> withDefault(String name, ValueType<T> type, T defaultValue) {
        return new Key<>(name, type, false, defaultValue);
    }

    /** A list that is empty by default. */
    static <T> Key<List<T>> list(String name, ValueType<T> element, String expected) {
        return withDefault(name, new ListType<>(element, expected, 0), List.of());
    }

    /** A key whose value is a constant of an enum in lower case. */
    static <E extends Enum<E>> Key<E> oneOf(String name, E defaultValue) {
        return withDefault(name, EnumType.of(defaultValue.getDeclaringClass()), defaultValue);
    }
}
