package io.junctor.client.internal;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;

/**
 * Immutable. How a session ended.
 *
 * @param by who ended it
 * @param reason the URI that was sent or received, or stands for a lost transport
 * @param message a text for people
 */
public record SessionEnd(By by, Uri reason, String message) {
    /** Who ended a session. */
    public enum By {
        /** This side left. */
        CLIENT,
        /** The router said {@code GOODBYE} or {@code ABORT}. */
        ROUTER,
        /** The router broke the protocol and was told so. */
        VIOLATION,
        /** The transport was lost. */
        TRANSPORT
    }

    public static SessionEnd of(Goodbye goodbye) {
        return new SessionEnd(By.ROUTER, goodbye.reason(), text("the router said goodbye", goodbye.details()));
    }

    public static SessionEnd of(Abort abort) {
        return new SessionEnd(By.ROUTER, abort.reason(), text("the router aborted", abort.details()));
    }

    public static SessionEnd violation(String problem) {
        return new SessionEnd(
                By.VIOLATION, WampError.PROTOCOL_VIOLATION.uri(), "the router broke the protocol: " + problem);
    }

    public static SessionEnd lost(String cause) {
        return new SessionEnd(By.TRANSPORT, WampError.CLOSE_TRANSPORT_LOST.uri(), "the connection was lost: " + cause);
    }

    private static String text(String what, CloseDetails details) {
        return details.message() == null ? what : what + ": " + details.message();
    }
}
