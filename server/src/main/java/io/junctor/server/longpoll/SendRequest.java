package io.junctor.server.longpoll;

import io.junctor.server.http.PlainTextResponse;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request by which a client sends messages (section "HTTP Longpoll Transport"). */
record SendRequest(Request request, Response response, Callback callback) {
    /** The most bytes that the body can have: what its header announces, and never more than the limit. */
    int maxBytes(int limitBytes) {
        long announced = request.getLength();
        return announced < 0 ? limitBytes : (int) Math.min(announced, limitBytes);
    }

    /** The whole body. Fails if it is longer than the limit or the client is gone. */
    @SuppressWarnings("removal") // As in LongPollTransport.
    CompletableFuture<byte[]> body(int limitBytes) {
        return Content.Source.asByteArrayAsync(request, limitBytes);
    }

    /** The router has taken all messages. */
    void accept() {
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.write(true, null, callback);
    }

    void refuse(int status, String sentence) {
        PlainTextResponse.write(response, callback, status, sentence);
    }
}
