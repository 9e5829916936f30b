package io.junctor.client.engine;

import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Immutable. A request, a join or a handler failed with a WAMP error. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Uri error;
    private final transient Arguments arguments;
    private final transient @Nullable Ending ending;

    private Failure(
            Uri error, Arguments arguments, @Nullable String text, @Nullable Throwable cause, @Nullable Ending ending) {
        super(text == null ? error.text() : error.text() + ": " + text, cause);
        this.error = error;
        this.arguments = arguments;
        this.ending = ending;
    }

    /** An error of the catalogue, found on this side. */
    public static Failure of(WampError error, String text) {
        return new Failure(error.uri(), Arguments.of(text), text, null, null);
    }

    /** The same with what caused it. */
    public static Failure of(WampError error, String text, @Nullable Throwable cause) {
        return new Failure(error.uri(), Arguments.of(text), text, cause, null);
    }

    /** An error that was received or is to be sent; the text is the first argument, if that is a string. */
    public static Failure of(Uri error, Arguments arguments) {
        return new Failure(error, arguments, firstText(arguments), null, null);
    }

    /** What every open request of an ended session fails with. */
    public static Failure ended(Ending ending) {
        String text = "the session has ended: " + ending.message();
        return new Failure(ending.reason(), Arguments.of(text), text, null, ending);
    }

    /** What a join fails with when the session ended before {@code WELCOME}. */
    static Failure refused(Ending ending) {
        String text = "could not join: " + ending.message();
        return new Failure(ending.reason(), Arguments.of(text), text, null, ending);
    }

    /** The error's URI. */
    public Uri error() {
        return error;
    }

    /** The error's arguments. */
    public Arguments arguments() {
        return arguments;
    }

    /** How the session ended, or null if that is not why. */
    public @Nullable Ending ending() {
        return ending;
    }

    private static @Nullable String firstText(Arguments arguments) {
        boolean starts =
                !arguments.positional().isEmpty() && arguments.positional().getFirst() instanceof String;
        return starts ? (String) arguments.positional().getFirst() : null;
    }
}
