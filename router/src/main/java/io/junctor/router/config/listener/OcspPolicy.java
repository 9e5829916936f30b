package io.junctor.router.config.listener;

/** Whether a TLS listener asks the authority by OCSP if a client certificate is revoked, and what follows if it gets no answer. */
public enum OcspPolicy {
    /** Does not ask. */
    NONE,
    /** Without an answer the certificate is accepted. */
    SOFT_FAIL,
    /** Without an answer the certificate is refused. */
    HARD_FAIL
}
