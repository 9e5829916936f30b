package io.junctor.server.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of one section of the file, by key. Methods throw an exception for a key that the section does not know. */
final class SectionValues {
    private final YamlNode node;
    private final Map<String, YamlNode> entries;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /** Reads the values of all keys. */
    SectionValues(YamlNode node, Map<String, YamlNode> entries, List<SectionType.Key> keys) {
        this.node = node;
        this.entries = entries;
        keys.forEach(key -> {
            YamlNode entry = entries.get(key.name());
            values.put(
                    key.name(), entry == null ? key.defaultValue() : key.type().read(entry));
        });
    }

    YamlNode node() {
        return node;
    }

    /** Returns the node of a key, or the node of the section if the key is absent. */
    YamlNode node(String key) {
        return entries.getOrDefault(known(key), node);
    }

    /** Returns the entries of a key whose value is a map; no entries if the key is absent or its value is not a map. */
    Map<String, YamlNode> entries(String key) {
        return node.entriesOf(known(key));
    }

    /** Returns how many of the keys are in the file. */
    long count(String... keys) {
        return Stream.of(keys).filter(key -> entries.containsKey(known(key))).count();
    }

    /** Whether at least one of the keys is in the file. */
    boolean has(String... keys) {
        return count(keys) > 0;
    }

    /** Whether the value or the default of a key is true. */
    boolean isTrue(String key) {
        return Boolean.TRUE.equals(find(key));
    }

    /** Returns the value or the default of a key; null if it is absent or invalid. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller knows the type from the table.
    <T> @Nullable T find(String key) {
        return (T) values.get(known(key));
    }

    /** Returns the value or the default of a key that is required or has a default, in a section without errors. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // As in find.
    <T> T get(String key) {
        return Objects.requireNonNull(this.<T>find(key), key);
    }

    /** Returns the value or the default of a key, or {@code other} if it is absent or invalid. */
    <T> T get(String key, T other) {
        return Objects.requireNonNullElse(find(key), other);
    }

    /** Returns whether each of the keys has a value or a default. */
    boolean areValid(String... keys) {
        return Stream.of(keys).allMatch(key -> find(key) != null);
    }

    /** Returns the values of a type, in the order of the keys. */
    <T> List<T> all(Class<T> type) {
        return values.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the values of several keys as one list; a value that is itself a list adds its elements. */
    @SuppressWarnings("unchecked") // As in find.
    <T> List<T> join(String... keys) {
        List<T> joined = new ArrayList<>();
        for (String key : keys) {
            Object value = get(key);
            joined.addAll(value instanceof List<?> list ? (List<T>) list : List.of((T) value));
        }
        return joined;
    }

    private String known(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalStateException("the section has no key " + key);
        }
        return key;
    }

    /** Reports an error if a key is absent. */
    void require(String key) {
        if (!has(key)) {
            node.error(node.label() + " needs the key '" + key + "'");
        }
    }

    /** Reports an error if none of the keys is present. */
    void requireAny(String... keys) {
        if (!has(keys)) {
            node.error("needs at least one of the keys " + quoted(keys));
        }
    }

    /** Reports an error unless exactly one of the keys is present. */
    void requireOneOf(String... keys) {
        if (count(keys) != 1) {
            node.error("needs exactly one of the keys " + quoted(keys));
        }
    }

    /** Reports an error if only one of two keys is present. */
    void requireBoth(String one, String other) {
        if (has(one) != has(other)) {
            node.error("'" + one + "' and '" + other + "' need each other");
        }
    }

    private static String quoted(String... keys) {
        return Stream.of(keys).map(key -> "'" + key + "'").collect(Collectors.joining(", "));
    }

    /** Adds a value under a name that is not a key, for {@link #record}. */
    SectionValues with(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    /** Adds the values of another section, for {@link #record}. */
    SectionValues with(SectionValues others) {
        values.putAll(others.values);
        return this;
    }

    /**
     * Makes a record of the values of a section without errors. The component {@code outboxBytes} has the value of the
     * key {@code outbox_bytes}, or the value that was added under that name. A component that is a record and has no key
     * is built from keys of the same section.
     */
    <T extends Record> T record(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Stream.of(components).map(this::argument).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException invalid ? invalid : new IllegalStateException(e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException("cannot construct " + type, e);
        }
    }

    private @Nullable Object argument(RecordComponent component) {
        String key = keyName(component);
        Class<?> type = component.getType();
        if (type.isRecord() && !values.containsKey(key)) {
            return record(type.asSubclass(Record.class));
        }
        Object value = find(key);
        return type == Set.class ? Set.copyOf(value instanceof Collection<?> elements ? elements : List.of()) : value;
    }

    /** Returns the name of the key for a component. */
    static String keyName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
