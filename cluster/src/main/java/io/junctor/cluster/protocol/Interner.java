package io.junctor.cluster.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Returns the same object for equal objects; for types with few different values. Thread-safe. */
final class Interner<T> {
    /** If there are more, they are forgotten: the objects stay right, but are no longer shared. */
    private static final int MOST = 1_000;

    private final Map<T, T> known = new ConcurrentHashMap<>();

    /** An object that equals {@code object}. */
    T of(T object) {
        if (known.size() >= MOST) {
            known.clear();
        }
        T former = known.putIfAbsent(object, object);
        return former == null ? object : former;
    }
}
