package io.junctor.router.config;

/** Immutable. Whom an empty list of eligible receivers of a publication stands for. */
public enum EmptyEligible {
    /** Nobody, as the list says. */
    NOBODY,
    /** Everybody, as if there were no list. */
    EVERYBODY
}
