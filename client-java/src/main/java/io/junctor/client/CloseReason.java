package io.junctor.client;

/**
 * Immutable. How a session ended (section "Session Closing").
 *
 * @param by who ended it
 * @param reason the URI that was sent or received, {@code wamp.close.transport_lost} if there was no word
 * @param message a text for people
 */
public record CloseReason(By by, String reason, String message) {
    /** Immutable. Who ended a session. */
    public enum By {
        /** This program closed it, or a timeout of its own passed. */
        CLIENT,
        /** The router said {@code GOODBYE} or {@code ABORT}. */
        ROUTER,
        /** The router broke the protocol; it was told so. */
        VIOLATION,
        /** The connection was lost. */
        TRANSPORT
    }
}
