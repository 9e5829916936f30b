package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.WampJson;
import java.util.Iterator;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that publishes or calls. Confined to one thread.
 *
 * @param uri the topic or procedure
 * @param args Arguments
 * @param kwargs ArgumentsKw
 * @param options the options of PUBLISH or CALL
 */
record WampRequest(String uri, ArrayNode args, ObjectNode kwargs, ObjectNode options) {
    /**
     * Parses a body.
     *
     * @param node the JSON value; null if the body is not JSON
     * @param uriKey the key of the URI: {@code topic} or {@code procedure}
     * @throws ProblemException with status 400 and a description of the error
     */
    static WampRequest of(@Nullable JsonNode node, String uriKey) throws ProblemException {
        if (!(node instanceof ObjectNode body)) {
            throw invalid("The body must be a JSON object such as {\"" + uriKey
                    + "\": \"com.example.one\", \"args\": [1]}, nested no deeper than the limit depth allows.");
        }
        Set<String> known = Set.of(uriKey, "args", "kwargs", "options");
        for (Iterator<String> keys = body.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw invalid("The body has an unknown key; there are " + uriKey + ", args, kwargs and options.");
            }
        }
        if (!body.path(uriKey).isTextual() || body.path(uriKey).textValue().isEmpty()) {
            throw invalid("'" + uriKey + "' must be a URI.");
        }
        return new WampRequest(
                body.path(uriKey).textValue(), list(body, "args"), map(body, "kwargs"), map(body, "options"));
    }

    private static ArrayNode list(ObjectNode body, String key) throws ProblemException {
        JsonNode value = body.path(key);
        if (value instanceof ArrayNode list) {
            return list;
        }
        if (value.isMissingNode() || value.isNull()) {
            return WampJson.array();
        }
        throw invalid("'" + key + "' must be a list.");
    }

    private static ObjectNode map(ObjectNode body, String key) throws ProblemException {
        JsonNode value = body.path(key);
        if (value instanceof ObjectNode map) {
            return map;
        }
        if (value.isMissingNode() || value.isNull()) {
            return WampJson.object();
        }
        throw invalid("'" + key + "' must be an object.");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST_400, detail);
    }
}
