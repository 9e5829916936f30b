package io.junctor.server.yaml;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of one section of the file, by key. */
final class SectionValues {
    private final YamlNode node;
    private final Map<String, YamlNode> entries;
    private final List<Key<?>> keys;
    private final Map<String, Object> values = new HashMap<>();

    /** Reads the values of all keys. */
    SectionValues(YamlNode node, Map<String, YamlNode> entries, List<Key<?>> keys) {
        this.node = node;
        this.entries = entries;
        this.keys = keys;
        for (Key<?> key : keys) {
            YamlNode entry = entries.get(key.name());
            Object value = entry == null ? key.defaultValue() : key.type().read(entry);
            if (value != null) {
                values.put(key.name(), value);
            }
        }
    }

    YamlNode node() {
        return node;
    }

    YamlDocument document() {
        return node.document();
    }

    /** Reports an error at the section. */
    void error(String text) {
        node.error(text);
    }

    /** Returns the node of a key, or the node of the section if the key is absent. */
    YamlNode node(Key<?> key) {
        return entries.getOrDefault(key.name(), node);
    }

    /** Returns the entries of a key that has a map; no entries if it is absent or has no map. */
    Map<String, YamlNode> entries(Key<?> key) {
        YamlNode entry = entries.get(key.name());
        Map<String, YamlNode> map = entry != null && entry.isMap() ? entry.entries("a map") : null;
        return map == null ? Map.of() : map;
    }

    boolean has(Key<?> key) {
        return entries.containsKey(key.name());
    }

    /** Returns the value or the default of a key; null if it is absent or invalid. */
    @SuppressWarnings("unchecked") // The constructor puts only values of the key's type.
    <T> @Nullable T find(Key<T> key) {
        return (T) values.get(key.name());
    }

    /** Returns the value or the default of a key that is required or has a default, in a section without errors. */
    <T> T get(Key<T> key) {
        return Objects.requireNonNull(find(key), key.name());
    }

    /** Returns the value or the default of a key; null if it is absent or invalid. */
    @Nullable
    Object find(String key) {
        return values.get(key);
    }

    boolean isKey(String name) {
        return keys.stream().anyMatch(key -> key.name().equals(name));
    }

    /** Returns whether at least one of the keys is present; otherwise reports an error. */
    boolean requireAny(Key<?>... keys) {
        boolean isAny = Arrays.stream(keys).anyMatch(this::has);
        if (!isAny) {
            node.error("needs at least one of the keys " + names(keys));
        }
        return isAny;
    }

    /** Returns whether exactly one of the keys is present; otherwise reports an error. */
    boolean requireOneOf(Key<?>... keys) {
        boolean isOne = Arrays.stream(keys).filter(this::has).count() == 1;
        if (!isOne) {
            node.error("needs exactly one of the keys " + names(keys));
        }
        return isOne;
    }

    private static String names(Key<?>... keys) {
        return Arrays.stream(keys).map(key -> "'" + key.name() + "'").collect(Collectors.joining(", "));
    }
}
