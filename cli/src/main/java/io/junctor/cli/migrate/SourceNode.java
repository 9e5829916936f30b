package io.junctor.cli.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map in the configuration to convert. It knows its place in the file, and which of its keys were not read yet. */
final class SourceNode {
    private final String path;
    private final Map<String, Object> entries = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();
    private final List<SourceNode> parts = new ArrayList<>();
    private final List<String> notes;

    private SourceNode(String path, Map<?, ?> source, List<String> notes) {
        this.path = path;
        this.notes = notes;
        source.forEach((key, value) -> {
            if (value != null) {
                entries.put(String.valueOf(key), value);
            }
        });
    }

    /** Returns the root of the file; notes are added to {@code notes}. */
    static SourceNode root(Map<?, ?> source, List<String> notes) {
        return new SourceNode("", source, notes);
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Returns the keys, in the order of the file. */
    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Returns a text, number or boolean as text, or null if the key is absent. */
    @Nullable
    String text(String key) {
        Object value = take(key);
        return value == null || value instanceof Map || value instanceof List ? null : String.valueOf(value);
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    @Nullable
    Long number(String key) {
        return take(key) instanceof Long number ? number : null;
    }

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(take(key));
    }

    /** Returns the texts of a list; a single text is treated as a list of one. */
    List<String> texts(String key) {
        Object value = take(key);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    /** Returns a map, or null if the key is absent or its value is not a map. */
    @Nullable
    SourceNode map(String key) {
        return take(key) instanceof Map<?, ?> map ? part(at(key), map) : null;
    }

    /** Returns the maps of a list. */
    List<SourceNode> maps(String key) {
        List<SourceNode> maps = new ArrayList<>();
        if (take(key) instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                if (list.get(index) instanceof Map<?, ?> map) {
                    maps.add(part(at(key) + "[" + index + "]", map));
                }
            }
        }
        return maps;
    }

    /** Adds a note about the map itself. */
    void note(String text) {
        notes.add((path.isEmpty() ? "" : path + ": ") + text);
    }

    /** Adds a note that says why a key was not converted. */
    void leave(String key, String why) {
        read.add(key);
        notes.add(at(key) + " is not carried over: " + why);
    }

    /** Marks keys that have no meaning in Junctor as read. */
    void ignore(String... keys) {
        read.addAll(List.of(keys));
    }

    /** Adds a note about each key of this map and the maps in it that was not read. */
    void noteRest() {
        for (String key : entries.keySet()) {
            if (!read.contains(key)) {
                notes.add(at(key) + " is not carried over");
            }
        }
        parts.forEach(SourceNode::noteRest);
    }

    private @Nullable Object take(String key) {
        read.add(key);
        return entries.get(key);
    }

    private SourceNode part(String place, Map<?, ?> map) {
        for (SourceNode known : parts) {
            if (known.path.equals(place)) {
                return known;
            }
        }
        SourceNode part = new SourceNode(place, map, notes);
        parts.add(part);
        return part;
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
