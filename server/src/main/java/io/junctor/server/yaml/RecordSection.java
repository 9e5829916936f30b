package io.junctor.server.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a section of a record: one key for each component, in the same order, with the component's value in a record of
 * defaults. Components that are records are part of the same section. {@code outboxBytes} becomes the key
 * {@code outbox_bytes}.
 */
final class RecordSection {
    private static final ScalarType<Integer> COUNT = ScalarType.integer(1, 1_000_000);
    private static final ScalarType<Integer> BYTES = ScalarType.bytes(1 << 10, 1 << 30);
    private static final ScalarType<Duration> TIMEOUT =
            ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(24));

    private RecordSection() {}

    /**
     * Makes a section.
     *
     * @param expected describes the section after "must be"
     * @param defaults the record of defaults
     * @param types the types of keys that differ from what their Java type and name say
     */
    static <T extends Record> Section<T> of(String expected, T defaults, Map<String, ValueType<?>> types) {
        List<Key<?>> keys = new ArrayList<>();
        addKeys(defaults, types, keys);
        List<String> names = keys.stream().<String>map(Key::name).toList();
        if (!names.containsAll(types.keySet())) {
            throw new IllegalArgumentException("not all of " + types.keySet() + " are keys of " + defaults.getClass());
        }
        return Section.of(expected, keys, values -> build(defaults, values));
    }

    private static void addKeys(Record defaults, Map<String, ValueType<?>> types, List<Key<?>> keys) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            Object value = value(component, defaults);
            if (value instanceof Record nested) {
                addKeys(nested, types, keys);
            } else {
                keys.add(key(keyName(component), types, value));
            }
        }
    }

    private static Key<?> key(String name, Map<String, ValueType<?>> types, Object value) {
        ValueType<?> type = types.get(name);
        return new Key<>(name, cast(type == null ? defaultType(name, value) : type), false, value);
    }

    @SuppressWarnings("unchecked") // The record's constructor rejects values of another type.
    private static ValueType<Object> cast(ValueType<?> type) {
        return (ValueType<Object>) type;
    }

    private static ValueType<?> defaultType(String name, Object value) {
        return switch (value) {
            case Integer number -> List.of(name.split("_")).contains("bytes") ? BYTES : COUNT;
            case Duration duration -> TIMEOUT;
            case Boolean flag -> ScalarType.BOOLEAN;
            case Enum<?> constant -> EnumType.of(constant.getDeclaringClass());
            default -> throw new IllegalArgumentException("no type for key " + name);
        };
    }

    private static <T extends Record> T build(T defaults, SectionValues values) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] arguments = Arrays.stream(components)
                .map(component -> value(component, defaults) instanceof Record nested
                        ? build(nested, values)
                        : values.find(keyName(component)))
                .toArray();
        try {
            return constructor(defaults, components).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + defaults.getClass(), e);
        }
    }

    @SuppressWarnings("unchecked") // The class of an object of type T makes objects of type T: records are final.
    private static <T extends Record> Constructor<T> constructor(T defaults, RecordComponent[] components)
            throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return (Constructor<T>) defaults.getClass().getDeclaredConstructor(types);
    }

    private static Object value(RecordComponent component, Record holder) {
        try {
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String keyName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
