package io.junctor.server.longpoll;

import io.junctor.server.http.PlainTextResponse;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request by which a client sends messages (section "HTTP Longpoll Transport"). */
record SendRequest(Request request, Response response, Callback callback) {
    /** Answers the request after the router has taken all its messages. */
    void accept() {
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.write(true, null, callback);
    }

    void refuse(int status, String sentence) {
        PlainTextResponse.write(response, callback, status, sentence);
    }
}
