package io.junctor.router.spi;

/** What a permission allows or denies (section "Authorization"). */
public enum Action {
    CALL,
    REGISTER,
    PUBLISH,
    SUBSCRIBE,
    /** Registers a procedure of other sessions, which then lose it; needs {@link #REGISTER}, too. */
    REPLACE
}
