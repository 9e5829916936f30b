package io.junctor.router.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of a call become an HTTP request.
 *
 * @param method the method
 * @param url the URL
 * @param headers the header fields by name
 * @param body what the body is
 * @param json the body, if it is {@link Body#TEMPLATE}: JSON, in which a place becomes the JSON of its argument; null otherwise
 */
public record HttpRequestTemplate(
        Method method,
        ArgumentTemplate url,
        Map<String, ArgumentTemplate> headers,
        Body body,
        @Nullable ArgumentTemplate json) {
    /** A method of HTTP. */
    public enum Method {
        /** Reads. */
        GET,
        /** Creates or acts. */
        POST,
        /** Replaces. */
        PUT,
        /** Changes. */
        PATCH,
        /** Removes. */
        DELETE
    }

    /** What the body of a request is. */
    public enum Body {
        /** The request has no body. */
        NONE,
        /** The keyword arguments as a JSON object. */
        KWARGS,
        /** The positional arguments as a JSON list. */
        ARGS,
        /** The keyword arguments as a form. */
        FORM,
        /** JSON by a template. */
        TEMPLATE
    }

    /** Copies the map. */
    public HttpRequestTemplate {
        headers = Map.copyOf(headers);
    }
}
