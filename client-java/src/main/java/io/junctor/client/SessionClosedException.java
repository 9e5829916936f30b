package io.junctor.client;

/** Reports that a request failed because its session has ended. The URI is the reason of the {@code GOODBYE} or {@code ABORT}. */
public final class SessionClosedException extends WampException {
    private static final long serialVersionUID = 1L;

    private final transient CloseReason closeReason;
    private final boolean requestWasSent;

    SessionClosedException(CloseReason closeReason, String text, boolean requestWasSent) {
        super(closeReason.reason(), text);
        this.closeReason = closeReason;
        this.requestWasSent = requestWasSent;
    }

    /** True if the request was sent before the session ended, so that the router may have processed it. */
    public boolean requestWasSent() {
        return requestWasSent;
    }

    /** The reason why the session ended. */
    public CloseReason closeReason() {
        return closeReason;
    }
}
