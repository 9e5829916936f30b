package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.server.http.ConnectionCloser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Callback;

/**
 * A response that sends each event when it arrives (HTML standard, section "Server-sent events"). The id of an event is its
 * publication id. Confined to one thread; waits for the client.
 */
final class EventStreamResponse {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEGIN = "retry:1000\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final Duration stalledWriter;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    /** @param stalledWriter how long the client may accept no bytes */
    EventStreamResponse(Exchange exchange, Duration stalledWriter) {
        this.exchange = exchange;
        this.stalledWriter = stalledWriter;
    }

    /** Sends the header of the response. */
    void begin() throws IOException, InterruptedException {
        exchange.response().setStatus(HttpStatus.OK_200);
        exchange.response()
                .getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "text/event-stream")
                // Otherwise nginx would collect the events in a buffer.
                .put("X-Accel-Buffering", "no");
        unsent.writeBytes(BEGIN);
        send();
    }

    /** Adds an event to the bytes that {@link #send} sends. */
    void add(long publication, ObjectNode data) {
        unsent.writeBytes(("id:" + publication + "\n").getBytes(StandardCharsets.US_ASCII));
        addData(data);
    }

    /** Adds an event about the stream itself. */
    void addNamed(String name, ObjectNode data) {
        unsent.writeBytes(("event:" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        addData(data);
    }

    /** Adds a JSON value, which is written in one line. */
    private void addData(ObjectNode data) {
        unsent.writeBytes("data:".getBytes(StandardCharsets.US_ASCII));
        unsent.writeBytes(exchange.bytes(data));
        unsent.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a comment, by which the router detects whether the client is still connected. */
    void sendComment() throws IOException, InterruptedException {
        unsent.writeBytes(COMMENT);
        send();
    }

    /** Sends the added events, and waits until the client has received them. */
    void send() throws IOException, InterruptedException {
        if (unsent.size() == 0) {
            return;
        }
        Callback.Completable write = new Callback.Completable();
        written = write;
        exchange.response().write(false, ByteBuffer.wrap(unsent.toByteArray()), write);
        unsent.reset();
        try {
            written.get(stalledWriter.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException gone) {
            throw new IOException("the client is gone", gone);
        } catch (TimeoutException stalled) {
            throw new IOException("it took no bytes for " + stalledWriter.toSeconds() + " s (stalled_writer)", stalled);
        }
    }

    /** Ends the response with a last event. */
    void end(ObjectNode data) {
        addNamed("end", data);
        exchange.response().write(true, ByteBuffer.wrap(unsent.toByteArray()), exchange.callback());
    }

    /** Ends the response without a last event: the client disconnected or accepts no bytes, or the router shuts down. */
    void abort(Exception cause) {
        if (!written.isDone()) {
            ConnectionCloser.close(exchange.request());
        }
        var unused = written.whenComplete((done, failure) -> exchange.callback().failed(cause));
    }

    /** Returns the JSON body of an event. */
    static ObjectNode data(String topic, ObjectNode details, ObjectNode arguments) {
        ObjectNode data = WampJson.object();
        data.put("topic", topic);
        data.set("args", arguments.path("args").isArray() ? arguments.path("args") : WampJson.array());
        data.set("kwargs", arguments.path("kwargs").isObject() ? arguments.path("kwargs") : WampJson.object());
        if (!details.isEmpty()) {
            data.set("details", details);
        }
        return data;
    }
}
