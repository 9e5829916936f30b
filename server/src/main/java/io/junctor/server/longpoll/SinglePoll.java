package io.junctor.server.longpoll;

import io.junctor.server.http.ConnectionCloser;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A poll with one response: with one message, or in a batched subprotocol with all waiting messages (section "HTTP Longpoll
 * Transport").
 */
final class SinglePoll implements Poll {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Serializer serializer;
    private final @Nullable BatchFormat batch;

    SinglePoll(
            Request request, Response response, Callback callback, Serializer serializer, @Nullable BatchFormat batch) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.serializer = serializer;
        this.batch = batch;
    }

    @Override
    public boolean takesSeveral() {
        return batch != null;
    }

    @Override
    public boolean staysOpen() {
        return false;
    }

    @Override
    public void send(List<byte[]> messages, long number, Callback written) {
        byte[] body = batch == null ? messages.getFirst() : batch.join(messages);
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType());
        response.write(true, ByteBuffer.wrap(body), Callback.combine(callback, written));
    }

    @Override
    public void sendNothing(Callback written) {
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.write(true, null, Callback.combine(callback, written));
    }

    @Override
    public void askAgain(Callback written) {
        sendNothing(written);
    }

    @Override
    public void abort() {
        ConnectionCloser.close(request);
    }

    @Override
    public void end(String sentence) {
        PlainTextResponse.write(response, callback, HttpStatus.NOT_FOUND_404, sentence);
    }

    private String contentType() {
        return switch (serializer) {
            case JSON -> "application/json";
            case MSGPACK -> "application/msgpack";
            case CBOR -> "application/cbor";
        };
    }
}
