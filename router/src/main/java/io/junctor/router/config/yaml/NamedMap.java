package io.junctor.router.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are names that the user chooses. Immutable.
 *
 * @param <T> what a value becomes
 * @param kind what a value may be
 * @param expected what the map may be, as it stands after "must be"
 * @param nameExpected what a name may be, as it stands after "must be"
 * @param nameFits the test for names
 */
record NamedMap<T>(Kind<T> kind, String expected, String nameExpected, Predicate<String> nameFits)
        implements Kind<Map<String, T>> {

    @Override
    public @Nullable Map<String, T> read(Value value) {
        Map<String, Value.Entry> entries = value.entries(expected);
        if (entries == null) {
            return null;
        }
        Map<String, T> map = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (!nameFits.test(name)) {
                value.findings().add(entry.key().getStartMark(), "'" + name + "' must be " + nameExpected);
            }
            T one = kind.read(entry.value());
            if (one != null) {
                map.put(name, one);
            }
        });
        return map;
    }
}
