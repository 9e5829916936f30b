package io.junctor.client.internal;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;

/**
 * The reason why a session ended, and the party that ended it.
 *
 * @param by the party that ended the session
 * @param reason the URI of the {@code GOODBYE} or {@code ABORT}, or a URI of the client's own
 * @param message a text for people
 */
public record SessionEnd(EndedBy by, Uri reason, String message) {
    /** The party that ended a session. */
    public enum EndedBy {
        /** The client closed the session. */
        CLIENT,
        /** The router sent {@code GOODBYE} or {@code ABORT}. */
        ROUTER,
        /** The router violated the protocol; the client sent {@code ABORT}. */
        VIOLATION,
        /** The transport was lost. */
        TRANSPORT
    }

    /** Creates the end that the router's {@code GOODBYE} causes. */
    public static SessionEnd of(Goodbye goodbye) {
        return new SessionEnd(EndedBy.ROUTER, goodbye.reason(), text("the router sent GOODBYE", goodbye.details()));
    }

    /** Creates the end that the router's {@code ABORT} causes. */
    public static SessionEnd of(Abort abort) {
        return new SessionEnd(EndedBy.ROUTER, abort.reason(), text("the router sent ABORT", abort.details()));
    }

    /** Creates the end that a protocol violation of the router causes. */
    public static SessionEnd violation(String problem) {
        return new SessionEnd(
                EndedBy.VIOLATION, WampError.PROTOCOL_VIOLATION.uri(), "the router violated the protocol: " + problem);
    }

    /** Creates the end that a lost connection causes. */
    public static SessionEnd lost(String cause) {
        return new SessionEnd(
                EndedBy.TRANSPORT, WampError.CLOSE_TRANSPORT_LOST.uri(), "the connection was lost: " + cause);
    }

    private static String text(String what, CloseDetails details) {
        return details.message() == null ? what : what + ": " + details.message();
    }
}
