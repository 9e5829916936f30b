package io.junctor.client;

import com.fasterxml.jackson.databind.JavaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A WAMP error with its URI and arguments (section "Error Handling"): the failure of a request, or the error that a
 * handler throws for its caller. Immutable.
 *
 * <p>Errors that the client itself detects use the URIs of the specification too: {@code wamp.error.timeout} when no
 * answer arrived in time, {@code wamp.error.network_failure} when the router cannot be reached,
 * {@code wamp.error.invalid_uri}, {@code wamp.error.invalid_payload} and {@code wamp.error.payload_size_exceeded} when
 * a request was not sent. The message of the exception is the URI, followed by the first argument if that is a string.
 */
public class WampException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uri;
    private final transient Args args;

    /** Creates an error whose only argument is a text for people. */
    public WampException(String uri, String text) {
        this(uri, Args.of(text), null);
    }

    /** Creates an error with these arguments. */
    public WampException(String uri, Args args) {
        this(uri, args, null);
    }

    /** Creates an error with these arguments and a cause, which is not sent. */
    public WampException(String uri, Args args, @Nullable Throwable cause) {
        super(message(uri, args), cause);
        this.uri = uri;
        this.args = args;
    }

    static WampException unfit(String label, JavaType type, Object value, @Nullable Throwable cause) {
        String text = label + " is not of type " + type.getRawClass().getSimpleName() + " but a "
                + value.getClass().getSimpleName();
        return new WampException("wamp.error.invalid_argument", Args.of(text), cause);
    }

    /** The error's URI. */
    public String uri() {
        return uri;
    }

    /** The error's positional arguments. Unmodifiable. */
    public List<@Nullable Object> arguments() {
        return args.positional();
    }

    /** The error's keyword arguments. Unmodifiable. */
    public Map<String, @Nullable Object> keywords() {
        return args.keywords();
    }

    Args args() {
        return args;
    }

    private static String message(String uri, Args args) {
        boolean hasText = !args.positional().isEmpty() && args.positional().getFirst() instanceof String;
        return hasText ? uri + ": " + args.positional().getFirst() : uri;
    }
}
