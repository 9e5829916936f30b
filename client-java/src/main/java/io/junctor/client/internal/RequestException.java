package io.junctor.client.internal;

import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Reports that a request, a join or a handler failed with a WAMP error. */
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Uri error;
    private final transient Arguments arguments;
    private final transient @Nullable SessionEnd ending;
    private final boolean requestWasSent;

    private RequestException(Uri error, Arguments arguments, @Nullable String text, @Nullable Throwable cause) {
        super(text == null ? error.text() : error.text() + ": " + text, cause);
        this.error = error;
        this.arguments = arguments;
        this.ending = null;
        this.requestWasSent = true;
    }

    private RequestException(SessionEnd ending, String text, boolean requestWasSent) {
        super(ending.reason().text() + ": " + text);
        this.error = ending.reason();
        this.arguments = Arguments.of(text);
        this.ending = ending;
        this.requestWasSent = requestWasSent;
    }

    /** Creates an error that the client itself detected. */
    public static RequestException of(WampError error, String text) {
        return new RequestException(error.uri(), Arguments.of(text), text, null);
    }

    /** Creates an error that the client itself detected, with its cause. */
    public static RequestException of(WampError error, String text, @Nullable Throwable cause) {
        return new RequestException(error.uri(), Arguments.of(text), text, cause);
    }

    /** Creates an error with a text of the client and a cause. */
    public static RequestException of(Uri error, String text, Throwable cause) {
        return new RequestException(error, Arguments.of(text), text, cause);
    }

    /** Creates an error that was received or will be sent. Its text is the first argument if that is a string. */
    public static RequestException of(Uri error, Arguments arguments) {
        return new RequestException(error, arguments, firstText(arguments), null);
    }

    /** Creates the failure of an open request of a session that has ended. The router may have processed the request. */
    public static RequestException ended(SessionEnd ending) {
        return new RequestException(ending, "the session has ended: " + ending.message(), true);
    }

    /** Creates the failure of a request that was not sent because the session has ended. */
    public static RequestException notSent(SessionEnd ending) {
        return new RequestException(ending, "the session has ended: " + ending.message(), false);
    }

    /** Creates the failure of a join whose session ended before {@code WELCOME}. */
    public static RequestException refused(SessionEnd ending) {
        return new RequestException(ending, "could not join: " + ending.message(), true);
    }

    /** The error's URI. */
    public Uri error() {
        return error;
    }

    /** The error's arguments. */
    public Arguments arguments() {
        return arguments;
    }

    /** Returns the end of the session if that is the reason of the failure, else null. */
    public @Nullable SessionEnd ending() {
        return ending;
    }

    /** Returns false if it is certain that the router did not receive the request. */
    public boolean requestWasSent() {
        return requestWasSent;
    }

    private static @Nullable String firstText(Arguments arguments) {
        boolean starts =
                !arguments.positional().isEmpty() && arguments.positional().getFirst() instanceof String;
        return starts ? (String) arguments.positional().getFirst() : null;
    }
}
