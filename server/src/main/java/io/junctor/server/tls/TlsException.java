package io.junctor.server.tls;

/**
 * Reports that a certificate, key or revocation list cannot be used. The message is a clause that names the file and the problem,
 * without secrets.
 */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }
}
