package io.junctor.router.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A section: a map with known keys. Immutable.
 *
 * @param <T> what it becomes
 * @param expected what it is, as it stands after "must be"
 * @param keys the keys it may have
 * @param notOffered keys that users may expect from elsewhere, each with a sentence about its absence
 * @param binder makes it of its values, or returns null where that cannot be done
 */
record Shape<T>(
        String expected, List<Key<?>> keys, Map<String, String> notOffered, Function<Section, @Nullable T> binder)
        implements Kind<T> {

    /** A section without keys to excuse. */
    static <T> Shape<T> of(String expected, List<Key<?>> keys, Function<Section, @Nullable T> binder) {
        return new Shape<>(expected, keys, Map.of(), binder);
    }

    @Override
    public @Nullable T read(Value value) {
        Section section = Section.of(value, this);
        return section == null ? null : binder.apply(section);
    }

    List<String> keyNames() {
        return keys.stream().<String>map(Key::name).toList();
    }
}
