package io.junctor.router.config.listener;

/** States whether clients of a TLS listener must or may send a certificate. */
public enum ClientCertificates {
    /** Clients are not asked for a certificate. */
    NONE,
    /** Clients are asked for a certificate, and may send none. A certificate that is not trusted ends the handshake. */
    OPTIONAL,
    /** Clients are asked for a certificate, and must send a trusted certificate; otherwise the handshake fails. */
    REQUIRED
}
