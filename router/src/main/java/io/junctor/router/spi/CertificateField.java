package io.junctor.router.spi;

/** Immutable. A part of a certificate that may be an authid. */
public enum CertificateField {
    /** The common name of the subject. */
    SUBJECT_CN,
    /** A host name among the subject's alternative names. */
    SAN_DNS,
    /** A mail address among them. */
    SAN_EMAIL,
    /** A URI among them. */
    SAN_URI
}
