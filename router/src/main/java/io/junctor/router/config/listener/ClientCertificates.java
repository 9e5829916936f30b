package io.junctor.router.config.listener;

/** Whether clients of a TLS listener must or may send a certificate. */
public enum ClientCertificates {
    /** They are not asked. */
    NONE,
    /** They are asked and may decline; one that is not trusted ends the handshake. */
    OPTIONAL,
    /** Who has none that is trusted does not get in. */
    REQUIRED
}
