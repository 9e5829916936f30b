package io.junctor.router.config;

/** The receivers of a publication whose {@code eligible} list is empty. */
public enum EmptyEligible {
    /** No receiver. */
    NOBODY,
    /** All subscribers, as if there were no list. */
    EVERYBODY
}
