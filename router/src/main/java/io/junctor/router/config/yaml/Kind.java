package io.junctor.router.config.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What a value of the file may be. Immutable.
 *
 * @param <T> what it becomes
 */
sealed interface Kind<T> permits Scalar, Word, ListOf, NamedMap, Placing, Shape {

    /** Reads the value, or reports every mistake in it and returns null. */
    @Nullable
    T read(Value value);
}
