package io.junctor.router.realm;

/** Immutable. Where a connection is in the life of its sessions (section "Session Lifecycle"). */
enum SessionState {
    /** No session: {@code HELLO} is due. */
    CLOSED,
    /** {@code HELLO} or {@code AUTHENTICATE} came, its answer is being made; reading pauses. */
    JOINING,
    /** {@code CHALLENGE} is queued: {@code AUTHENTICATE} is due. */
    CHALLENGING,
    /** {@code WELCOME} is queued. */
    ESTABLISHED,
    /** We said {@code GOODBYE} and wait for the answer. */
    SHUTTING_DOWN,
    /** The transport is to go or gone; whatever comes is ignored. */
    FAILED
}
