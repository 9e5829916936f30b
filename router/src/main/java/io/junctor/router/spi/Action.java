package io.junctor.router.spi;

/** The actions that a permission allows or denies (section "Authorization"). */
public enum Action {
    CALL,
    REGISTER,
    PUBLISH,
    SUBSCRIBE,
    /** Registers a procedure in place of the sessions that have registered it, whose registrations are revoked; needs {@link #REGISTER}, too. */
    REPLACE
}
