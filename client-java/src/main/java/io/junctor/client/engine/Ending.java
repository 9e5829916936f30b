package io.junctor.client.engine;

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
public record Ending(By by, Uri reason, String message) {
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

    static Ending of(Goodbye goodbye) {
        return new Ending(By.ROUTER, goodbye.reason(), text("the router said goodbye", goodbye.details()));
    }

    static Ending of(Abort abort) {
        return new Ending(By.ROUTER, abort.reason(), text("the router aborted", abort.details()));
    }

    static Ending violation(String problem) {
        return new Ending(
                By.VIOLATION, WampError.PROTOCOL_VIOLATION.uri(), "the router broke the protocol: " + problem);
    }

    static Ending lost(String cause) {
        return new Ending(By.TRANSPORT, WampError.CLOSE_TRANSPORT_LOST.uri(), "the connection was lost: " + cause);
    }

    private static String text(String what, CloseDetails details) {
        return details.message() == null ? what : what + ": " + details.message();
    }
}
