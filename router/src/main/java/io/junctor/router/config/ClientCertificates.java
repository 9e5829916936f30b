package io.junctor.router.config;

/** Immutable. Whether clients of a TLS listener show certificates of their own. */
public enum ClientCertificates {
    /** They are not asked. */
    NONE,
    /** They are asked and may decline; one that is not trusted ends the handshake. */
    OPTIONAL,
    /** Who has none that is trusted does not get in. */
    REQUIRED
}
