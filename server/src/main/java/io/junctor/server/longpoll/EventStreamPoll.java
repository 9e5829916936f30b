package io.junctor.server.longpoll;

import io.junctor.server.http.ConnectionCloser;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A response that does not end and sends each message as an event, for {@code EventSource} in browsers (HTML standard, section
 * "Server-sent events"). The id of an event is the number of its message. Events are text, so the serialization is JSON.
 */
final class EventStreamPoll implements Poll {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY = "retry:100\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "id:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

    private final Request request;
    private final Response response;
    private final Callback callback;

    EventStreamPoll(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "text/event-stream")
                // Otherwise nginx would collect the events in a buffer.
                .put("X-Accel-Buffering", "no");
    }

    @Override
    public boolean takesSeveral() {
        return true;
    }

    @Override
    public boolean staysOpen() {
        return true;
    }

    @Override
    public void send(List<byte[]> messages, long number, Callback written) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        long id = number;
        for (byte[] message : messages) {
            events.writeBytes(ID);
            events.writeBytes(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
            events.write('\n');
            writeLines(events, message);
            events.write('\n');
            id++;
        }
        write(events.toByteArray(), written);
    }

    /** Writes each line of a message as a field: a message may contain line breaks between its JSON values, where they mean nothing. */
    private static void writeLines(ByteArrayOutputStream events, byte[] message) {
        int from = 0;
        for (int i = 0; i <= message.length; i++) {
            if (i == message.length || message[i] == '\n' || message[i] == '\r') {
                events.writeBytes(DATA);
                events.write(message, from, i - from);
                events.write('\n');
                from = i + 1;
            }
        }
    }

    @Override
    public void sendNothing(Callback written) {
        write(COMMENT, written);
    }

    private void write(byte[] bytes, Callback written) {
        Callback failing = Callback.from(written::succeeded, failure -> {
            callback.failed(failure);
            written.failed(failure);
        });
        response.write(false, ByteBuffer.wrap(bytes), failing);
    }

    /** Ends the response. {@code EventSource} then connects again, and RETRY tells it to do so at once. */
    @Override
    public void askAgain(Callback written) {
        response.write(true, ByteBuffer.wrap(RETRY), Callback.combine(callback, written));
    }

    @Override
    public void abort() {
        ConnectionCloser.close(request);
    }

    /** Sends a last event with a name, by which a page can tell the end from a broken connection. */
    @Override
    public void end(String sentence) {
        byte[] event = ("event:close\ndata:" + sentence + "\n\n").getBytes(StandardCharsets.US_ASCII);
        response.write(true, ByteBuffer.wrap(event), callback);
    }
}
