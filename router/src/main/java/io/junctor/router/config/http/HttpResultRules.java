package io.junctor.router.config.http;

import io.junctor.wamp.value.Uri;
import java.util.Map;

/**
 * How an HTTP response becomes a result or an error.
 *
 * @param form what a JSON response is
 * @param errors the error URIs of statuses for which the usual ones do not fit
 * @param bodyBytes the largest body
 */
public record HttpResultRules(Form form, Map<Integer, Uri> errors, int bodyBytes) {
    /** What a JSON response is. */
    public enum Form {
        /** The only positional argument. */
        VALUE,
        /** An object of keyword arguments. */
        KWARGS,
        /** An object with {@code args} and {@code kwargs}, as the HTTP gateway answers. */
        RESULT
    }

    /** Copies the map. */
    public HttpResultRules {
        errors = Map.copyOf(errors);
    }
}
