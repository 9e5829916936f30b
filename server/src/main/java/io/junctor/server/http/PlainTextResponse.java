package io.junctor.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes responses of plain text. */
public final class PlainTextResponse {
    private static final HttpField PLAIN =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

    private PlainTextResponse() {}

    /**
     * Writes a response with a status and one line of text. If the body of the request was not read completely, the response announces
     * that the connection closes.
     */
    public static void write(Response response, Callback callback, int status, String line) {
        response.getRequest().consumeAvailable();
        response.setStatus(status);
        response.getHeaders().put(PLAIN);
        response.write(true, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }
}
