package io.junctor.server.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are names that the user chooses.
 *
 * @param <T> the Java type of a value
 * @param type the type of a value
 * @param expected describes the map after "must be"
 * @param expectedName describes a name after "must be"
 * @param validName tests a name
 * @param neededEntry describes the entry without which the map is an error, or null if it may be empty
 */
record MapType<T>(
        ValueType<T> type,
        String expected,
        String expectedName,
        Predicate<String> validName,
        @Nullable String neededEntry)
        implements ValueType<Map<String, T>> {

    @Override
    public @Nullable Map<String, T> read(YamlNode node) {
        Map<String, YamlNode> entries = node.entries(expected);
        if (entries == null) {
            return null;
        }
        if (entries.isEmpty() && neededEntry != null) {
            node.error(node.label() + " needs at least one " + neededEntry);
        }
        Map<String, T> map = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (!validName.test(name)) {
                entry.errorAtKey("'" + name + "' must be " + expectedName);
            }
            T value = type.read(entry);
            if (value != null) {
                map.put(name, value);
            }
        });
        return map;
    }
}
