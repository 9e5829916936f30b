package io.junctor.client;

/**
 * The reason why a session ended, and the party that ended it (section "Session Closing").
 *
 * @param by the party that ended the session
 * @param reason the URI of the {@code GOODBYE} or {@code ABORT}; {@code wamp.close.transport_lost} if there was none
 * @param message a text for people
 */
public record CloseReason(By by, String reason, String message) {
    /** The party that ended a session. */
    public enum By {
        /** This program closed the session, or a timeout of the client ended it. */
        CLIENT,
        /** The router sent {@code GOODBYE} or {@code ABORT}. */
        ROUTER,
        /** The router violated the protocol; the client sent {@code ABORT}. */
        VIOLATION,
        /** The connection was lost. */
        TRANSPORT
    }
}
