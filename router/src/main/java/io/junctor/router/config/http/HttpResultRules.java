package io.junctor.router.config.http;

import io.junctor.wamp.value.Uri;
import java.util.Map;

/**
 * The rules by which the router converts an HTTP response to a result or an error.
 *
 * @param form how a JSON response is converted to arguments
 * @param errors the error URIs by HTTP status, which replace the default error URIs
 * @param bodyBytes the largest body
 */
public record HttpResultRules(Form form, Map<Integer, Uri> errors, int bodyBytes) {
    /** The conversion of a JSON response to arguments. */
    public enum Form {
        /** The response becomes the only positional argument. */
        VALUE,
        /** The response is an object of keyword arguments. */
        KWARGS,
        /** The response is an object with {@code args} and {@code kwargs}, as in answers of the HTTP gateway. */
        RESULT
    }

    /** Copies the map. */
    public HttpResultRules {
        errors = Map.copyOf(errors);
    }
}
