package io.junctor.server.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value in the file.
 *
 * @param <T> the Java type of the value
 */
sealed interface ValueType<T>
        permits ScalarType, SecretType, ValueType.Mapped, ValueType.ListOf, ValueType.MapOf, SectionType {

    /** Describes the value after "must be". */
    String expected();

    /** Reads a value; after errors returns the parts that could be read, or null. */
    @Nullable
    T read(YamlNode node);

    /** Returns the same type with another value, which {@code function} makes; it may report an error at the node and return null. */
    default <R> ValueType<R> map(BiFunction<YamlNode, T, @Nullable R> function) {
        return new Mapped<>(this, function);
    }

    /** Returns the same type; {@code action} is also called with each valid value and its place. */
    default ValueType<T> onRead(BiConsumer<YamlNode, T> action) {
        return map((node, value) -> {
            action.accept(node, value);
            return value;
        });
    }

    /** Returns the type of a list of such values, at least one. */
    default ValueType<List<T>> some() {
        return new ListOf<>(this, 1);
    }

    /** A type whose values {@code function} makes from the values of another type. */
    record Mapped<S, T>(ValueType<S> type, BiFunction<YamlNode, S, @Nullable T> function) implements ValueType<T> {
        @Override
        public String expected() {
            return type.expected();
        }

        @Override
        public @Nullable T read(YamlNode node) {
            S value = type.read(node);
            return value == null ? null : node.make(() -> function.apply(node, value));
        }
    }

    /** The type of a list without equal elements. */
    record ListOf<T>(ValueType<T> element, int minElements) implements ValueType<List<T>> {
        @Override
        public String expected() {
            return "a list such as [a, b], each element " + element.expected();
        }

        @Override
        public @Nullable List<T> read(YamlNode node) {
            List<YamlNode> elements = node.elements(expected());
            if (elements == null) {
                return null;
            }
            if (elements.size() < minElements) {
                node.error(node.label() + " must not be empty: it is " + expected());
            }
            Set<T> values = new LinkedHashSet<>();
            for (YamlNode one : elements) {
                T value = element.read(one);
                if (value != null && !values.add(value)) {
                    one.error(node.label() + " has this element twice");
                }
            }
            return List.copyOf(values);
        }
    }

    /**
     * The type of a map from names, which the user chooses, to values.
     *
     * @param neededEntry describes the entry without which a map is invalid, or null if the map may be empty
     */
    record MapOf<K, T>(
            ScalarType<K> names,
            ValueType<T> type,
            @Nullable String neededEntry) implements ValueType<Map<K, T>> {
        @Override
        public String expected() {
            return "a map, each key " + names.expected() + ", each value " + type.expected();
        }

        @Override
        public @Nullable Map<K, T> read(YamlNode node) {
            Map<String, YamlNode> entries = node.entries(expected());
            if (entries == null) {
                return null;
            }
            if (entries.isEmpty() && neededEntry != null) {
                node.error(node.label() + " needs at least one " + neededEntry);
            }
            Map<K, T> map = new LinkedHashMap<>();
            entries.forEach((text, entry) -> {
                K name = names.parser().apply(text);
                if (name == null) {
                    entry.errorAtKey("'" + text + "' must be " + names.expected());
                }
                T value = type.read(entry);
                if (name != null && value != null) {
                    map.put(name, value);
                }
            });
            return map;
        }
    }
}
