package io.junctor.server.yaml;

import io.junctor.server.yaml.ValueType.ListOf;
import io.junctor.server.yaml.ValueType.MapOf;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The type of a section: a map with known keys. Keys are added one by one; errors and the JSON Schema list them in this order. Immutable
 * once the constant that holds the type is initialized.
 *
 * @param <T> the Java type of the section
 * @param expected describes the section after "must be"
 * @param keys the known keys
 * @param checks report errors that concern several keys
 * @param derived add values that belong to no key; they run for a section without errors
 * @param builder makes the value of a section without errors
 */
record SectionType<T>(
        String expected,
        List<Key> keys,
        List<Consumer<SectionValues>> checks,
        List<Consumer<SectionValues>> derived,
        Function<SectionValues, @Nullable T> builder)
        implements ValueType<T> {
    private static final ScalarType<Integer> COUNT = ScalarType.integer(1, 1_000_000);
    private static final ScalarType<Integer> BYTES = ScalarType.bytes(1 << 10, 1 << 30);

    /** A key; the default is null if the key is required or optional. */
    record Key(
            String name,
            ValueType<?> type,
            boolean isRequired,
            @Nullable Object defaultValue) {}

    /** Starts a section whose value is a {@linkplain SectionValues#record record} of the values of its keys. */
    static <T extends Record> SectionType<T> of(Class<T> type, String expected) {
        return of(expected).build(values -> values.record(type));
    }

    /**
     * Starts a section with a key for each component of a record, with the component's value as default. A component
     * that is a record and is not in {@code types} is built from keys of the same section.
     *
     * @param types the types of keys that differ from what their Java type and name say
     */
    @SuppressWarnings("unchecked") // The class of a record is that of its defaults.
    static <T extends Record> SectionType<T> of(T defaults, String expected, Map<String, ValueType<?>> types) {
        return of((Class<T>) defaults.getClass(), expected).keysOf(defaults, types);
    }

    /** Starts a section with a value for all its keys. With an empty text it starts a group of keys that several sections share. */
    static SectionType<SectionValues> of(String expected) {
        return new SectionType<>(expected, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), values -> values);
    }

    /** Returns the same section with another builder for its value. */
    <R> SectionType<R> build(Function<SectionValues, @Nullable R> other) {
        return new SectionType<>(expected, keys, checks, derived, other);
    }

    /** Adds a required key. */
    SectionType<T> required(String name, ValueType<?> type) {
        return add(name, type, true, null);
    }

    /** Adds a key that has no value if it is absent. */
    SectionType<T> optional(String name, ValueType<?> type) {
        return add(name, type, false, null);
    }

    /** Adds a key with a default. */
    <V> SectionType<T> key(String name, ValueType<V> type, V defaultValue) {
        return add(name, type, false, defaultValue);
    }

    /** Adds a key whose value, or null, becomes the component {@code component} of the record. */
    <V> SectionType<T> key(String name, String component, ValueType<V> type, @Nullable V defaultValue) {
        return add(name, type, false, defaultValue).derive(component, values -> values.find(name));
    }

    private SectionType<T> add(String name, ValueType<?> type, boolean isRequired, @Nullable Object defaultValue) {
        keys.add(new Key(name, type, isRequired, defaultValue));
        return this;
    }

    /** Adds a key whose type follows from its default and its name. */
    SectionType<T> key(String name, Object defaultValue) {
        return add(name, type(name, defaultValue), false, defaultValue);
    }

    /** Adds a key whose type follows from its default and its name, and whose value becomes the component {@code component}. */
    SectionType<T> key(String name, String component, Object defaultValue) {
        return key(name, defaultValue).derive(component, values -> values.find(name));
    }

    /** Adds a list that is empty by default. */
    <V> SectionType<T> list(String name, ValueType<V> element) {
        return key(name, new ListOf<>(element, 0), List.of());
    }

    /** Adds a map that is empty by default. */
    <K, V> SectionType<T> map(String name, ScalarType<K> names, ValueType<V> type) {
        return key(name, new MapOf<>(names, type, null), Map.of());
    }

    private SectionType<T> keysOf(Record defaults, Map<String, ValueType<?>> types) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            String name = SectionValues.keyName(component);
            Object value = value(component, defaults);
            ValueType<?> type = types.get(name);
            if (type == null && value instanceof Record nested) {
                keysOf(nested, types);
            } else {
                add(name, type == null ? type(name, value) : type, false, value);
            }
        }
        return this;
    }

    private static Object value(RecordComponent component, Record holder) {
        try {
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static ValueType<?> type(String name, Object value) {
        return switch (value) {
            case Integer number -> name.contains("bytes") ? BYTES : COUNT;
            case Duration duration -> ScalarType.TIMEOUT;
            case Boolean flag -> ScalarType.BOOLEAN;
            case Enum<?> constant -> ScalarType.oneOf(constant.getDeclaringClass());
            default -> throw new IllegalArgumentException("no type for key " + name);
        };
    }

    /** Adds the keys and checks of another section or group. */
    SectionType<T> all(SectionType<?> other) {
        keys.addAll(other.keys);
        checks.addAll(other.checks);
        derived.addAll(other.derived);
        return this;
    }

    /** Adds a check, which reports errors that concern several keys. It also runs if single keys have errors. */
    SectionType<T> check(Consumer<SectionValues> check) {
        checks.add(check);
        return this;
    }

    /** Adds a check that reports {@code error} for a section for which {@code wrong} is true. */
    SectionType<T> refuse(Predicate<SectionValues> wrong, String error) {
        return check(values -> {
            if (wrong.test(values)) {
                values.node().error(error);
            }
        });
    }

    /** Adds a value that belongs to no key; {@code function} makes it for a section without errors. */
    SectionType<T> derive(String name, Function<SectionValues, @Nullable Object> function) {
        derived.add(values -> values.with(name, function.apply(values)));
        return this;
    }

    @Override
    public @Nullable T read(YamlNode node) {
        int errors = node.diagnostics().errorCount();
        Map<String, YamlNode> entries = node.entries(expected);
        if (entries == null) {
            return null;
        }
        List<String> known = keys.stream().map(Key::name).toList();
        entries.forEach((name, entry) -> {
            boolean holdsAnchors = node.parent() == null && name.startsWith("x-");
            if (!known.contains(name) && !holdsAnchors) {
                String hint = SpellingSuggestion.hint(name, known);
                entry.errorAtKey("unknown key '" + name + "'"
                        + (hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint));
            }
        });
        SectionValues values = new SectionValues(node, entries, keys);
        checks.forEach(check -> check.accept(values));
        keys.stream().filter(Key::isRequired).forEach(key -> values.require(key.name()));
        return node.diagnostics().errorCount() == errors ? node.make(() -> value(values)) : null;
    }

    private @Nullable T value(SectionValues values) {
        derived.forEach(one -> one.accept(values));
        return builder.apply(values);
    }
}
