package io.junctor.router.config.http;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template by which the router converts the arguments of a call to an HTTP request.
 *
 * @param method the method
 * @param url the URL
 * @param headers the header fields by name
 * @param body the kind of the body
 * @param json the body, if it is {@link Body#TEMPLATE}: JSON text in which each placeholder is replaced by its argument as JSON; null
 *     otherwise
 */
public record HttpRequestTemplate(
        Method method,
        ArgumentTemplate url,
        Map<String, ArgumentTemplate> headers,
        Body body,
        @Nullable ArgumentTemplate json) {
    /** The methods of HTTP that a template may use. */
    public enum Method {
        /** Reads a resource. */
        GET,
        /** Creates a resource or starts an action. */
        POST,
        /** Replaces a resource. */
        PUT,
        /** Changes a resource. */
        PATCH,
        /** Removes a resource. */
        DELETE
    }

    /** The kind of the body of a request. */
    public enum Body {
        /** The request has no body. */
        NONE,
        /** The keyword arguments as a JSON object. */
        KWARGS,
        /** The positional arguments as a JSON list. */
        ARGS,
        /** The keyword arguments as a form. */
        FORM,
        /** JSON that a template makes. */
        TEMPLATE
    }

    /** Checks URL, header fields and JSON, and copies the map. */
    public HttpRequestTemplate {
        if (!OutgoingHttpCheck.isUrl(url)) {
            throw new IllegalArgumentException(
                    "a request needs a URL of http or https, with places behind the host only");
        }
        headers.forEach((name, value) -> OutgoingHttpCheck.checkField(name, value.with("x")));
        if ((body == Body.TEMPLATE) != (json != null) || (json != null && !isJson(json))) {
            throw new IllegalArgumentException("a body by a template needs JSON, with places where values stand");
        }
        headers = Map.copyOf(headers);
    }

    /** Whether a template yields valid JSON when its placeholders are replaced by JSON. */
    public static boolean isJson(ArgumentTemplate template) {
        byte[] list = ("[" + template.with("\"x\"") + "]").getBytes(StandardCharsets.UTF_8);
        Payload payload = Payload.of(Serializer.JSON, ArgumentKinds.POSITIONAL, list, 0, list.length);
        try {
            return new Codecs(CodecLimits.DEFAULT)
                            .arguments(payload)
                            .positional()
                            .size()
                    == 1;
        } catch (ProtocolViolationException notJson) {
            return false;
        }
    }
}
