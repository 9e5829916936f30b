package io.junctor.client.internal.engine;

/** Reports that a handler returned a result that cannot be sent. The text names the argument. */
public final class UnsendableResultException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the text for the caller and the log. */
    public UnsendableResultException(String text, Throwable cause) {
        super(text, cause);
    }
}
