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

    /** Checks URL, header fields and JSON, and copies the map. */
    public HttpRequestTemplate {
        if (!OutgoingHttp.isUrl(url)) {
            throw new IllegalArgumentException(
                    "a request needs a URL of http or https, with places behind the host only");
        }
        headers.forEach((name, value) -> OutgoingHttp.checkField(name, value.with("x")));
        if ((body == Body.TEMPLATE) != (json != null) || (json != null && !isJson(json))) {
            throw new IllegalArgumentException("a body by a template needs JSON, with places where values stand");
        }
        headers = Map.copyOf(headers);
    }

    /** Whether a template makes JSON if a place becomes JSON. */
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
