package io.junctor.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Tells browsers that pages of an allowed origin may read the responses (Fetch standard, section "CORS protocol"). */
public final class CorsHeaders {
    private static final HttpField METHODS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    private static final HttpField HEADERS = new PreEncodedHttpField(
            HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization, Idempotency-Key, Last-Event-ID");
    private static final HttpField MAX_AGE = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_MAX_AGE, "600");
    private static final HttpField CREDENTIALS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ORIGIN.asString());

    private CorsHeaders() {}

    /** Allows the page that sent the request to read the response; does nothing for a request without an origin. */
    public static void allow(Request request, Response response) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null) {
            response.getHeaders()
                    .put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .put(CREDENTIALS)
                    .put(VARY);
        }
    }

    /** Answers the preflight request, which a browser sends before the actual request. */
    public static void answerPreflight(Response response, Callback callback) {
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.getHeaders().put(METHODS).put(HEADERS).put(MAX_AGE);
        response.write(true, null, callback);
    }
}
