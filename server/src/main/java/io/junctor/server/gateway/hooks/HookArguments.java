package io.junctor.server.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.HookBody;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.WampJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** Makes arguments of a request to a webhook. */
final class HookArguments {
    private static final String FORM = "application/x-www-form-urlencoded";

    private HookArguments() {}

    /** Returns the body as the only positional argument. */
    static ArrayNode args(Exchange exchange, HookBody body, byte[] bytes) throws ProblemException {
        String type = exchange.contentType();
        return WampJson.array()
                .add(
                        switch (body) {
                            case JSON -> json(exchange, type, bytes);
                            case FORM -> form(type, bytes);
                            case RAW -> WampJson.binary(bytes);
                        });
    }

    private static JsonNode json(Exchange exchange, String type, byte[] bytes) throws ProblemException {
        if (!WampJson.isMediaType(type)) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Content-Type must be application/json (body: json).");
        }
        JsonNode value = exchange.json().read(bytes);
        if (value == null) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST_400,
                    "The body is not JSON, or it is nested deeper than the limit depth allows.");
        }
        return value;
    }

    private static ObjectNode form(String type, byte[] bytes) throws ProblemException {
        if (!type.equals(FORM)) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Content-Type must be " + FORM + " (body: form).");
        }
        Fields fields = new Fields();
        try {
            UrlEncoded.decodeTo(new String(bytes, StandardCharsets.UTF_8), fields::add, StandardCharsets.UTF_8);
        } catch (RuntimeException undecodable) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST_400, "The body is not a valid form of names and values in UTF-8.");
        }
        ObjectNode form = WampJson.object();
        for (Fields.Field field : fields) {
            ArrayNode values = form.putArray(field.getName());
            field.getValues().forEach(values::add);
        }
        return form;
    }

    /** Returns the configured header fields by their names in lower case; empty if the request contains none of them. */
    static ObjectNode kwargs(Exchange exchange, List<String> names) {
        ObjectNode fields = WampJson.object();
        for (String name : names) {
            String value = exchange.request().getHeaders().get(name);
            if (value != null) {
                fields.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        ObjectNode kwargs = WampJson.object();
        if (!fields.isEmpty()) {
            kwargs.set("headers", fields);
        }
        return kwargs;
    }
}
