package io.junctor.client;

/** Immutable. Whether a proof holds on one TLS connection only, so that nobody between client and router can pass it on. */
public enum Binding {
    /** On any connection. */
    NONE,
    /** On this connection only, if it has something to bind to and, for Cryptosign, the router can do it. */
    IF_POSSIBLE,
    /** On this connection only; otherwise the join fails with {@code wamp.error.cannot_authenticate}. */
    REQUIRED
}
