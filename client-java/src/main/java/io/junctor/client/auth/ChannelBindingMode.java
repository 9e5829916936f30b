package io.junctor.client.auth;

/** States whether a proof of identity is valid on one TLS connection only, so that a man in the middle cannot forward it. */
public enum ChannelBindingMode {
    /** The proof is not bound to the connection. */
    NONE,
    /** The proof is bound if the connection has a channel binding and, for Cryptosign, if the router supports it. */
    IF_POSSIBLE,
    /** The proof is bound. If that is impossible, joining fails with {@code wamp.error.cannot_authenticate}. */
    REQUIRED
}
