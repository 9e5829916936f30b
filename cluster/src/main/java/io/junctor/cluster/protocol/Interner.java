package io.junctor.cluster.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Returns the same object for equal objects; for types with few different values. Thread-safe. */
final class Interner<T> {
    /** When this many objects are known, all are forgotten: they stay valid, but objects that equal them later are no longer replaced by them. */
    private static final int MOST = 1_000;

    private final Map<T, T> known = new ConcurrentHashMap<>();

    /** The first known object that equals {@code object}. */
    T of(T object) {
        if (known.size() >= MOST) {
            known.clear();
        }
        T former = known.putIfAbsent(object, object);
        return former == null ? object : former;
    }
}
