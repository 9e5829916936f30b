package io.junctor.wamp.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An Options or Details dictionary with typed access to its entries (section "Extensibility").
 *
 * <p>A null value counts as absent. If a value does not have the requested type, the method throws a {@link ProtocolViolationException}
 * that names the key.
 *
 * @param entries the values by key, in the sender's order; {@link Arguments} lists the types
 */
public record Dict(Map<String, @Nullable Object> entries) {
    /** No entries. */
    public static final Dict EMPTY = new Dict(Map.of());

    /** Wraps {@code entries} without copying; the caller must not modify the map afterwards. */
    public Dict {
        entries = Collections.unmodifiableMap(entries);
    }

    /** A dictionary of one entry. */
    public static Dict of(String key, Object value) {
        return new Dict(Map.of(key, value));
    }

    /** True if the dictionary has no entries. */
    public boolean isEmpty() {
        return this == EMPTY || entries.isEmpty();
    }

    /** Returns a boolean, or {@code otherwise} if the key is absent. The numbers 0 and 1 are not accepted. */
    public boolean flag(String key, boolean otherwise) {
        Object value = entries.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "a boolean");
    }

    /** Returns a string, or null if the key is absent. */
    public @Nullable String text(String key) {
        Object value = entries.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(key, "a string");
    }

    /** Returns an integer of at least {@code minimum}, or null if the key is absent. */
    public @Nullable Long integer(String key, long minimum) {
        Object value = entries.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Long number && number >= minimum) {
            return number;
        }
        throw wrong(key, "an integer of at least " + minimum);
    }

    /** Returns an id, or null if the key is absent. */
    public @Nullable Long id(String key) {
        Object value = entries.get(key);
        return value == null ? null : asId(key, value);
    }

    /**
     * Returns an enumeration value that is spelled as a string, or {@code otherwise} if the key is absent.
     *
     * @throws UnknownOptionValueException if the string is not a known value
     */
    public <T> T choice(String key, Function<String, @Nullable T> spelled, T otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        T value = spelled.apply(text);
        if (value == null) {
            throw new UnknownOptionValueException(key);
        }
        return value;
    }

    /** Returns a dictionary, or {@link #EMPTY} if the key is absent. */
    public Dict dict(String key) {
        Object value = entries.get(key);
        return value == null ? EMPTY : asDict(key, value);
    }

    /** Returns a list of strings, or null if the key is absent. */
    public @Nullable List<String> texts(String key) {
        return list(key, element -> {
            if (element instanceof String text) {
                return text;
            }
            throw wrong(key, "a list of strings");
        });
    }

    /** Returns a list of ids, or null if the key is absent. */
    public @Nullable List<Long> ids(String key) {
        return list(key, element -> asId(key, element));
    }

    /** Returns a list of dictionaries, or null if the key is absent. */
    public @Nullable List<Dict> dicts(String key) {
        return list(key, element -> asDict(key, element));
    }

    /** Returns the entries whose keys are not in {@code known}. */
    public Dict without(Set<String> known) {
        if (known.containsAll(entries.keySet())) {
            return EMPTY;
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeAll(known);
        return new Dict(rest);
    }

    /** Returns a builder that starts with these entries. */
    public Builder with() {
        return new Builder(entries);
    }

    /** Returns a violation that says that {@code key} must be {@code expected}. */
    public static ProtocolViolationException wrong(String key, String expected) {
        return new ProtocolViolationException("'" + key + "' must be " + expected);
    }

    private <T> @Nullable List<T> list(String key, Function<@Nullable Object, T> convert) {
        Object value = entries.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> elements)) {
            throw wrong(key, "a list");
        }
        List<T> result = new ArrayList<>(elements.size());
        for (Object element : elements) {
            result.add(convert.apply(element));
        }
        return Collections.unmodifiableList(result);
    }

    private static long asId(String key, @Nullable Object value) {
        if (value instanceof Long id && Ids.isValid(id)) {
            return id;
        }
        throw wrong(key, "an id, an integer from 1 to 2^53");
    }

    private static Dict asDict(String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, "a dictionary");
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((name, element) -> entries.put(String.valueOf(name), element));
        return new Dict(entries);
    }

    /** Builds a dictionary and omits null values. Confined to one thread. */
    public static final class Builder {
        private final Map<String, @Nullable Object> entries;

        /** Creates a builder without entries. */
        public Builder() {
            this(Map.of());
        }

        private Builder(Map<String, @Nullable Object> entries) {
            this.entries = new LinkedHashMap<>(entries);
        }

        /** Adds an entry, unless {@code value} is null. */
        public Builder put(String key, @Nullable Object value) {
            if (value != null) {
                entries.put(key, value);
            }
            return this;
        }

        /** Adds {@code key: null}, for peers that require the key. */
        public Builder putNull(String key) {
            entries.put(key, null);
            return this;
        }

        /** Adds {@code key: true} if {@code value} is true, for options whose default is false. */
        public Builder flag(String key, boolean value) {
            return put(key, value ? Boolean.TRUE : null);
        }

        /** Adds all entries of {@code dict}. */
        public Builder putAll(Dict dict) {
            entries.putAll(dict.entries);
            return this;
        }

        /** Returns the dictionary. The builder must not be used afterwards. */
        public Dict build() {
            return entries.isEmpty() ? EMPTY : new Dict(entries);
        }
    }
}
