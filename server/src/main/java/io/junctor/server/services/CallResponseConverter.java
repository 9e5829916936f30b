package io.junctor.server.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.HttpResultRules;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts an HTTP response into a result or an error of a call. Immutable and thread-safe. */
final class CallResponseConverter {
    /** The error URI for status codes that have no more specific error. */
    static final String HTTP_STATUS = "junctor.error.http_status";

    private final HttpResultRules rules;
    private final WampJson json;

    CallResponseConverter(HttpResultRules rules, WampJson json) {
        this.rules = rules;
        this.json = json;
    }

    /** Returns the reply that corresponds to a response. */
    Reply of(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        return status >= 200 && status < 300 ? result(response) : failure(status, response);
    }

    private static String type(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private Reply result(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        String type = type(response);
        if (body.length == 0) {
            return new Reply.Result(WampJson.array(), WampJson.object());
        }
        if (!WampJson.isMediaType(type)) {
            ArrayNode args = WampJson.array();
            return new Reply.Result(
                    type.startsWith("text/")
                            ? args.add(new String(body, StandardCharsets.UTF_8))
                            : args.add(WampJson.binary(body)),
                    WampJson.object());
        }
        JsonNode value = json.read(body);
        return value == null
                ? Reply.Failure.of(WampError.INVALID_PAYLOAD, "the service sent no JSON, or it is nested too deep")
                : result(value);
    }

    private Reply result(JsonNode value) {
        return switch (rules.form()) {
            case VALUE -> new Reply.Result(WampJson.array().add(value), WampJson.object());
            case KWARGS ->
                value instanceof ObjectNode kwargs
                        ? new Reply.Result(WampJson.array(), kwargs)
                        : Reply.Failure.of(WampError.INVALID_PAYLOAD, "the service sent no JSON object");
            case RESULT -> {
                boolean isResult = value.isObject()
                        && (value.path("args").isMissingNode()
                                || value.path("args").isArray())
                        && (value.path("kwargs").isMissingNode()
                                || value.path("kwargs").isObject());
                yield isResult
                        ? new Reply.Result(args(value), kwargs(value))
                        : Reply.Failure.of(
                                WampError.INVALID_PAYLOAD, "the service sent no JSON object with args and kwargs");
            }
        };
    }

    private static ArrayNode args(JsonNode holder) {
        return holder.path("args") instanceof ArrayNode args ? args : WampJson.array();
    }

    private static ObjectNode kwargs(JsonNode holder) {
        return holder.path("kwargs") instanceof ObjectNode kwargs ? kwargs : WampJson.object();
    }

    private Reply.Failure failure(int status, HttpResponse<byte[]> response) {
        JsonNode problem = type(response).equals("application/problem+json") ? json.read(response.body()) : null;
        Uri configured = rules.errors().get(status);
        if (problem instanceof ObjectNode object) {
            String error =
                    object.path("error").isTextual() ? object.path("error").textValue() : "";
            if (configured == null && UriRules.LOOSE.isUri(new Uri(error))) {
                return new Reply.Failure(error, null, args(object), kwargs(object));
            }
            String detail = object.path("detail").asText(object.path("title").asText("status " + status));
            return failure(status, configured, detail, object);
        }
        return failure(status, configured, "status " + status, WampJson.object());
    }

    private static Reply.Failure failure(int status, @Nullable Uri configured, String text, ObjectNode members) {
        String error = configured == null ? usual(status) : configured.text();
        ObjectNode kwargs = members.deepCopy().put("status", status);
        return new Reply.Failure(error, text, WampJson.array().add(text), kwargs);
    }

    /** Returns the error URI of a status code, as docs/webhooks.md lists them. */
    private static String usual(int status) {
        return switch (status) {
            case 400, 422 -> WampError.INVALID_ARGUMENT.uri().text();
            case 401, 403 -> WampError.NOT_AUTHORIZED.uri().text();
            case 408, 504 -> WampError.TIMEOUT.uri().text();
            case 429 -> WampError.LIMIT_EXCEEDED.uri().text();
            case 502, 503 -> WampError.UNAVAILABLE.uri().text();
            default -> HTTP_STATUS;
        };
    }
}
