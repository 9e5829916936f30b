package io.junctor.router.config.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the place of a value, for what can be judged only together with other values. Immutable.
 *
 * @param <T> what the value becomes
 * @param kind what the value may be
 */
record Placing<T>(Kind<T> kind) implements Kind<Placing.Placed<T>> {

    /**
     * A value and its place. Two are equal only if they are at one place.
     *
     * @param <T> what the value became
     * @param it what the value became
     * @param place where it stands
     */
    record Placed<T>(T it, Value place) {}

    @Override
    public @Nullable Placed<T> read(Value value) {
        T it = kind.read(value);
        return it == null ? null : new Placed<>(it, value);
    }
}
