package io.junctor.server.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.junctor.router.config.http.ArgumentTemplate;
import io.junctor.router.config.http.ArgumentTemplate.Literal;
import io.junctor.router.config.http.ArgumentTemplate.Place;
import io.junctor.router.config.http.HttpRequestTemplate;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes an HTTP request from the arguments of a call. Immutable and thread-safe. No argument can change the host, or the structure of
 * the URL, of the header or of the JSON.
 */
final class CallRequestBuilder {
    private final HttpRequestTemplate template;
    private final WampJson json;

    /** Reports an argument that does not fit. The text is for the caller. */
    static final class UnfitArgumentException extends Exception {
        private static final long serialVersionUID = 1;

        UnfitArgumentException(String text) {
            super(text, null, false, false);
        }
    }

    CallRequestBuilder(HttpRequestTemplate template, WampJson json) {
        this.template = template;
        this.json = json;
    }

    /** Returns the request for a call. */
    HttpRequest of(Reply.Result arguments) throws UnfitArgumentException {
        URI url = URI.create(url(arguments));
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .version(HttpSender.version(url.getScheme()))
                .setHeader("Accept", "application/json, application/problem+json, */*;q=0.1")
                .setHeader("User-Agent", "Junctor");
        String type = template.body() == HttpRequestTemplate.Body.FORM
                ? "application/x-www-form-urlencoded"
                : "application/json";
        byte[] body = body(arguments);
        if (body != null) {
            request.setHeader("Content-Type", type);
        }
        for (Map.Entry<String, ArgumentTemplate> header : template.headers().entrySet()) {
            request.setHeader(header.getKey(), header(header.getValue(), arguments));
        }
        return request.method(
                        template.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private String url(Reply.Result arguments) throws UnfitArgumentException {
        StringBuilder url = new StringBuilder();
        boolean isQuery = false;
        for (ArgumentTemplate.Part part : template.url().parts()) {
            switch (part) {
                case Literal literal -> {
                    url.append(literal.text());
                    isQuery |= literal.text().contains("?");
                }
                case Place place -> {
                    String value = scalar(place, arguments);
                    if (value.isEmpty() && !isQuery) {
                        throw new UnfitArgumentException("the argument '" + place.name() + "' must not be empty");
                    }
                    url.append(encoded(value));
                }
            }
        }
        String whole = url.toString();
        String path = whole.split("\\?", 2)[0];
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new UnfitArgumentException("an argument must not be '" + segment + "' in a path");
            }
        }
        return whole;
    }

    /** Percent-encodes all characters except the unreserved characters of RFC 3986. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String header(ArgumentTemplate text, Reply.Result arguments) throws UnfitArgumentException {
        StringBuilder whole = new StringBuilder();
        for (ArgumentTemplate.Part part : text.parts()) {
            switch (part) {
                case Literal literal -> whole.append(literal.text());
                case Place place -> {
                    String value = scalar(place, arguments);
                    if (!value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
                        throw new UnfitArgumentException("the argument '" + place.name()
                                + "' may have visible ASCII characters and spaces only: it is for a header field");
                    }
                    whole.append(value);
                }
            }
        }
        return whole.toString();
    }

    private byte @Nullable [] body(Reply.Result arguments) throws UnfitArgumentException {
        return switch (template.body()) {
            case NONE -> null;
            case KWARGS -> bytes(arguments.kwargs());
            case ARGS -> bytes(arguments.args());
            case FORM -> form(arguments);
            case TEMPLATE -> filled(Objects.requireNonNull(template.json()), arguments);
        };
    }

    private byte[] bytes(JsonNode value) {
        return Objects.requireNonNull(json.write(value), "what the router sends is Unicode");
    }

    private static byte[] form(Reply.Result arguments) throws UnfitArgumentException {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : arguments.kwargs().properties()) {
            fields.add(encoded(field.getKey()) + "=" + encoded(scalar(field.getKey(), field.getValue())));
        }
        return String.join("&", fields).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] filled(ArgumentTemplate body, Reply.Result arguments) throws UnfitArgumentException {
        StringBuilder whole = new StringBuilder();
        for (ArgumentTemplate.Part part : body.parts()) {
            switch (part) {
                case Literal literal -> whole.append(literal.text());
                case Place place -> whole.append(new String(bytes(value(place, arguments)), StandardCharsets.UTF_8));
            }
        }
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the argument for a place; JSON null for an optional argument that the caller left out. */
    private static JsonNode value(Place place, Reply.Result arguments) throws UnfitArgumentException {
        Integer position = place.position();
        JsonNode value = position == null
                ? arguments.kwargs().path(place.name())
                : arguments.args().path(position);
        if (value.isMissingNode() && !place.isOptional()) {
            throw new UnfitArgumentException("the argument '" + place.name() + "' is missing");
        }
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    private static String scalar(Place place, Reply.Result arguments) throws UnfitArgumentException {
        JsonNode value = value(place, arguments);
        return value.isNull() && place.isOptional() ? "" : scalar(place.name(), value);
    }

    private static String scalar(String name, JsonNode value) throws UnfitArgumentException {
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            throw new UnfitArgumentException("the argument '" + name + "' must be a text, a number or a boolean");
        }
        String text = value.asText();
        if (text.indexOf('\0') >= 0) {
            throw new UnfitArgumentException(
                    "the argument '" + name + "' must not be binary and not have the character U+0000");
        }
        return text;
    }
}
