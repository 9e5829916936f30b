package io.junctor.router.config;

/** How strictly request ids are checked (section "IDs", session scope). */
public enum RequestIdCheck {
    /** Any id that is not the id of an open request of the same kind. */
    LENIENT,
    /** Gaps are allowed, going back is not. */
    MONOTONIC,
    /** The last id plus 1, nothing else. */
    STRICT
}
