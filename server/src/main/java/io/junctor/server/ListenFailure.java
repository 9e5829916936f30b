package io.junctor.server;

/** Reports that a listener cannot be opened. The message is one sentence for the author of the configuration. */
public final class ListenFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** A failure without a cause. */
    public ListenFailure(String message) {
        super(message);
    }

    ListenFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
