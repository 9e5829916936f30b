package io.junctor.server.tls;

/**
 * A certificate, key or revocation list cannot be used; the message is a clause that names the file and the problem,
 * without secrets.
 */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }
}
