package io.junctor.client;

/** Immutable. A request failed because its session is over; the URI is the reason that was sent or received. */
public final class SessionClosedException extends WampException {
    private static final long serialVersionUID = 1L;

    private final transient Leave leave;

    SessionClosedException(Leave leave, String text) {
        super(leave.reason(), text);
        this.leave = leave;
    }

    /** How the session ended. */
    public Leave leave() {
        return leave;
    }
}
