package io.junctor.server.yaml;

import io.junctor.server.yaml.ValueType.ListOf;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.server.yaml.ValueType.NameRule;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a section: one call for each key, in the order in which errors and the JSON Schema list them. For one thread. */
final class KeyTable {
    private static final ScalarType<Integer> COUNT = ScalarType.integer(1, 1_000_000);
    private static final ScalarType<Integer> BYTES = ScalarType.bytes(1 << 10, 1 << 30);

    private final String expected;
    private final List<Section.Key> keys = new ArrayList<>();
    private final List<Consumer<SectionValues>> checks = new ArrayList<>();

    /** Starts a section without keys; {@code expected} describes it after "must be". */
    KeyTable(String expected) {
        this.expected = expected;
    }

    /** Starts a group of keys that several sections have. */
    KeyTable() {
        this("");
    }

    /** Adds a key that the section needs. */
    KeyTable required(String name, ValueType<?> type) {
        keys.add(new Section.Key(name, type, true, null));
        return this;
    }

    /** Adds a key that has no value if it is absent. */
    KeyTable optional(String name, ValueType<?> type) {
        return keyOf(name, type, null);
    }

    /** Adds a key with a default. */
    <T> KeyTable key(String name, ValueType<T> type, @Nullable T defaultValue) {
        return keyOf(name, type, defaultValue);
    }

    private KeyTable keyOf(String name, ValueType<?> type, @Nullable Object defaultValue) {
        keys.add(new Section.Key(name, type, false, defaultValue));
        return this;
    }

    /** Adds a key that is true or false. */
    KeyTable flag(String name, boolean defaultValue) {
        return key(name, ScalarType.BOOLEAN, defaultValue);
    }

    /** Adds a key whose value is a constant of an enum in lower case. */
    <E extends Enum<E>> KeyTable oneOf(String name, E defaultValue) {
        return key(name, ScalarType.oneOf(defaultValue.getDeclaringClass()), defaultValue);
    }

    /** Adds a list that is empty by default. */
    <T> KeyTable list(String name, ValueType<T> element, String expectedList) {
        return key(name, new ListOf<>(element, expectedList, 0), List.of());
    }

    /** Adds a map that is empty by default. */
    <T> KeyTable map(String name, ValueType<T> type, NameRule names, String expectedMap) {
        return key(name, new MapOf<>(type, names, expectedMap, null), Map.of());
    }

    /**
     * Adds a key for each component of a record, with the component's value as default. A component that is a record
     * and is not in {@code types} is made of keys of the same section.
     *
     * @param types the types of keys that differ from what their Java type and name say
     */
    KeyTable keysOf(Record defaults, Map<String, ValueType<?>> types) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            String name = SectionValues.keyName(component);
            Object value = value(component, defaults);
            ValueType<?> type = types.get(name);
            if (type == null && value instanceof Record nested) {
                keysOf(nested, types);
            } else {
                keyOf(name, type == null ? type(name, value) : type, value);
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
            case Integer number -> List.of(name.split("_")).contains("bytes") ? BYTES : COUNT;
            case Duration duration -> ScalarType.TIMEOUT;
            case Boolean flag -> ScalarType.BOOLEAN;
            case Enum<?> constant -> ScalarType.oneOf(constant.getDeclaringClass());
            default -> throw new IllegalArgumentException("no type for key " + name);
        };
    }

    /** Adds the keys and checks of another table. */
    KeyTable all(KeyTable table) {
        keys.addAll(table.keys);
        checks.addAll(table.checks);
        return this;
    }

    /** Adds a check, which reports errors that concern several keys. It also runs if single keys have errors. */
    KeyTable check(Consumer<SectionValues> check) {
        checks.add(check);
        return this;
    }

    /** Reports {@code error} at a section that is {@code wrong}. */
    KeyTable refuse(Predicate<SectionValues> wrong, String error) {
        return check(values -> {
            if (wrong.test(values)) {
                values.error(error);
            }
        });
    }

    /** Ends the section; {@code builder} makes the value of one without errors. */
    <T> Section<T> build(Function<SectionValues, @Nullable T> builder) {
        return new Section<>(expected, List.copyOf(keys), List.copyOf(checks), builder);
    }

    /** Ends the section; its value is a record whose components have the names of the keys. */
    <T extends Record> Section<T> build(Class<T> type) {
        return build(values -> values.record(type));
    }
}
