package io.junctor.router.spi;

/** A field of a certificate that can be an authid. */
public enum CertificateField {
    /** The common name of the subject. */
    SUBJECT_CN,
    /** A DNS name among the subject alternative names. */
    SAN_DNS,
    /** A mail address among the subject alternative names. */
    SAN_EMAIL,
    /** A URI among the subject alternative names. */
    SAN_URI
}
