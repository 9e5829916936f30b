package io.junctor.router.config.listener;

/**
 * The policy of a TLS listener for OCSP: whether it asks the authority whether a client certificate was revoked, and how it handles a
 * missing answer.
 */
public enum OcspPolicy {
    /** The listener does not ask. */
    NONE,
    /** Without an answer the certificate is accepted. */
    SOFT_FAIL,
    /** Without an answer the certificate is refused. */
    HARD_FAIL
}
