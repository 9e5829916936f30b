package io.junctor.router.config;

/** The strictness of the check of request ids (section "IDs", session scope). */
public enum RequestIdCheck {
    /** Allows any id that is not the id of an open request of the same kind. */
    LENIENT,
    /** Allows increasing ids; gaps are allowed. */
    MONOTONIC,
    /** Allows only the last id plus 1. */
    STRICT
}
