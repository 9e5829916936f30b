package io.junctor.server.yaml;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes sections of records, and records of sections. The key {@code outbox_bytes} belongs to the component {@code
 * outboxBytes}. A component that is a record and has no key of its own is made of keys of the same section.
 */
final class RecordSection {
    private static final ScalarType<Integer> COUNT = ScalarType.integer(1, 1_000_000);
    private static final ScalarType<Integer> BYTES = ScalarType.bytes(1 << 10, 1 << 30);
    private static final ScalarType<Duration> TIMEOUT =
            ScalarType.duration(Duration.ofMillis(10), Duration.ofHours(24));

    private RecordSection() {}

    /**
     * Makes a section with a key for each component, in the same order, and with the component's value as default.
     *
     * @param expected describes the section after "must be"
     * @param defaults the record of defaults
     * @param types the types of keys that differ from what their Java type and name say
     */
    static <T extends Record> Section<T> of(String expected, T defaults, Map<String, ValueType<?>> types) {
        List<Key<?>> keys = new ArrayList<>();
        addKeys(defaults, types, keys);
        if (!keys.stream().map(Key::name).toList().containsAll(types.keySet())) {
            throw new IllegalArgumentException("not all of " + types.keySet() + " are keys of " + defaults.getClass());
        }
        @SuppressWarnings("unchecked") // The class of a T, because records are final.
        Class<T> type = (Class<T>) defaults.getClass();
        return Section.of(expected, keys, values -> build(type, values));
    }

    private static void addKeys(Record defaults, Map<String, ValueType<?>> types, List<Key<?>> keys) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            Object value = value(component, defaults);
            if (value instanceof Record nested) {
                addKeys(nested, types, keys);
            } else {
                String name = keyName(component);
                ValueType<?> type = types.get(name);
                keys.add(key(name, type == null ? defaultType(name, value) : type, value));
            }
        }
    }

    @SuppressWarnings("unchecked") // The record's constructor rejects values of another type.
    private static Key<?> key(String name, ValueType<?> type, Object defaultValue) {
        return Key.withDefault(name, (ValueType<Object>) type, defaultValue);
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

    /** Makes a record of the values of a section without errors. */
    static <T extends Record> T build(Class<T> type, SectionValues values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components)
                .map(component -> component.getType().isRecord() && !values.isKey(keyName(component))
                        ? build(component.getType().asSubclass(Record.class), values)
                        : values.find(keyName(component)))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + type, e);
        }
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
