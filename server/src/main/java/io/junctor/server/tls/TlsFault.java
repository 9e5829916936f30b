package io.junctor.server.tls;

/** Immutable. A certificate or key cannot be used; the message is a clause that names the file and what is wrong, never a secret. */
public final class TlsFault extends Exception {
    private static final long serialVersionUID = 1;

    TlsFault(String message) {
        super(message);
    }
}
