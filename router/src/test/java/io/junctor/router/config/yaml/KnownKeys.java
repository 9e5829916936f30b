package io.junctor.router.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every section that a file can have, by its path, with its keys by name. */
final class KnownKeys {
    private final Map<String, Map<String, Key<?>>> sectionByPath = new LinkedHashMap<>();

    private KnownKeys() {}

    static Map<String, Map<String, Key<?>>> bySection() {
        KnownKeys keys = new KnownKeys();
        keys.collect("", RouterShape.SHAPE);
        return keys.sectionByPath;
    }

    private void collect(String path, Kind<?> kind) {
        switch (kind) {
            case Shape<?> shape -> collectKeys(path, shape);
            case Placing<?> placing -> collect(path, placing.kind());
            case ListOf<?> list -> collect(path + "[]", list.element());
            case NamedMap<?> map -> collect(path + ".NAME", map.kind());
            case Scalar<?> scalar -> {}
            case Word<?> word -> {}
        }
    }

    private void collectKeys(String path, Shape<?> shape) {
        Map<String, Key<?>> keys = new LinkedHashMap<>();
        sectionByPath.put(path, keys);
        for (Key<?> key : shape.keys()) {
            keys.put(key.name(), key);
            collect(path.isEmpty() ? key.name() : path + "." + key.name(), key.kind());
        }
    }
}
