package io.junctor.server.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects all sections of the file by path, with their keys by name. */
final class KnownKeys {
    private final Map<String, Map<String, SectionType.Key>> sectionByPath = new LinkedHashMap<>();

    private KnownKeys() {}

    static Map<String, Map<String, SectionType.Key>> bySection() {
        KnownKeys keys = new KnownKeys();
        keys.collect("", RouterSection.SECTION);
        return keys.sectionByPath;
    }

    private void collect(String path, ValueType<?> type) {
        switch (type) {
            case SectionType<?> section -> collectKeys(path, section);
            case ValueType.ListOf<?> list -> collect(path + "[]", list.element());
            case ValueType.MapOf<?, ?> map -> collect(path + ".NAME", map.type());
            case ValueType.Mapped<?, ?> mapped -> collect(path, mapped.type());
            case ScalarType<?> scalar -> {}
            case SecretType<?> secret -> {}
        }
    }

    private void collectKeys(String path, SectionType<?> section) {
        Map<String, SectionType.Key> keys = new LinkedHashMap<>();
        sectionByPath.put(path, keys);
        for (SectionType.Key key : section.keys()) {
            keys.put(key.name(), key);
            collect(path.isEmpty() ? key.name() : path + "." + key.name(), key.type());
        }
    }
}
