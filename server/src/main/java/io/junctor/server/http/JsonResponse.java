package io.junctor.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes responses of JSON. */
public final class JsonResponse {
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField UNCACHED = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

    private JsonResponse() {}

    /** Writes a response with a status and a JSON text, and forbids caches to store it. */
    public static void write(Response response, Callback callback, int status, String json) {
        response.setStatus(status);
        response.getHeaders().put(JSON);
        response.getHeaders().put(UNCACHED);
        response.write(true, ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }
}
