package io.junctor.server;

/** Immutable. A listener could not be opened; the message is one sentence for the person who configured it. */
public final class ListenFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** A failure without a cause in the program. */
    public ListenFailure(String message) {
        super(message);
    }

    ListenFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
