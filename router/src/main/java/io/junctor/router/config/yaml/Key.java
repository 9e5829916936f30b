package io.junctor.router.config.yaml;

/**
 * A key that a section may have. Immutable.
 *
 * @param <T> what its value becomes
 */
sealed interface Key<T> permits Key.Needed, Key.Defaulted, Key.Spare {

    /** How the file spells it. */
    String name();

    /** What its value may be. */
    Kind<T> kind();

    /**
     * A key that must be there. Immutable.
     *
     * @param <T> what its value becomes
     * @param name how the file spells it
     * @param kind what its value may be
     */
    record Needed<T>(String name, Kind<T> kind) implements Key<T> {}

    /**
     * A key that may be left out. Immutable.
     *
     * @param <T> what its value becomes
     * @param name how the file spells it
     * @param kind what its value may be
     * @param fallback what holds where it is left out
     */
    record Defaulted<T>(String name, Kind<T> kind, T fallback) implements Key<T> {}

    /**
     * A key that may be left out, without anything in its place. Immutable.
     *
     * @param <T> what its value becomes
     * @param name how the file spells it
     * @param kind what its value may be
     */
    record Spare<T>(String name, Kind<T> kind) implements Key<T> {}
}
