package io.junctor.router.config.listener;

/** Whether clients of a TLS listener must or may send a certificate. */
public enum ClientCertificates {
    /** They are not asked. */
    NONE,
    /** They are asked and may decline; one that is not trusted ends the handshake. */
    OPTIONAL,
    /** They are asked and must send one that is trusted; otherwise the handshake fails. */
    REQUIRED
}
