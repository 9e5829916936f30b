package io.junctor.server.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.session.WampJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One HTTP request and its response. Confined to one thread at a time.
 *
 * @param request the request
 * @param response the response
 * @param callback notified when the response is complete
 * @param json writes the bodies of responses
 */
public record Exchange(Request request, Response response, Callback callback, WampJson json) {
    /** The media type of one JSON value in each line. */
    public static final String NDJSON = "application/x-ndjson";

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField LINES = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, NDJSON);
    private static final HttpField PROBLEM =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
    private static final HttpField CHALLENGE =
            new PreEncodedHttpField(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"WAMP\", charset=\"UTF-8\", Bearer");

    /** The media type of the body in lower case, without its parameters; empty if the client did not send it. */
    public String contentType() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "" : MimeTypes.getContentTypeWithoutCharset(type).toLowerCase(Locale.ROOT);
    }

    /** Answers with JSON. */
    public void answer(ObjectNode body) {
        response.getHeaders().put(JSON);
        write(HttpStatus.OK_200, bytes(body));
    }

    /** Answers with one JSON value in each line. */
    public void answerLines(List<ObjectNode> bodies) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode body : bodies) {
            lines.append(new String(bytes(body), StandardCharsets.UTF_8)).append('\n');
        }
        response.getHeaders().put(LINES);
        write(HttpStatus.OK_200, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a problem. */
    public void answer(Problem problem) {
        response.getHeaders().put(PROBLEM);
        if (problem.status() == HttpStatus.UNAUTHORIZED_401) {
            response.getHeaders().put(CHALLENGE);
        }
        write(problem.status(), bytes(problem.json()));
    }

    /** Returns a value as JSON in one line. */
    public byte[] bytes(JsonNode node) {
        byte[] bytes = json.write(node);
        if (bytes == null) {
            throw new IllegalStateException("what the router sends is valid JSON");
        }
        return bytes;
    }

    /** Answers with a status, as JSON. */
    public void answer(int status, byte[] body) {
        response.getHeaders().put(JSON);
        write(status, body);
    }

    /** Writes the response. If the body of the request was not read completely, the response announces that the connection closes. */
    private void write(int status, byte[] body) {
        request.consumeAvailable();
        response.setStatus(status);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
