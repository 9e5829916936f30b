package io.junctor.client.engine;

import io.junctor.wamp.value.Serializer;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Safe for use by many threads, except as {@link Transport} says. A WebSocket of the JDK. */
final class WebSocketTransport implements Transport {
    private final WebSocket socket;
    private final WebSocketInbox inbox;
    private final Serializer serializer;

    WebSocketTransport(WebSocket socket, WebSocketInbox inbox, Serializer serializer) {
        this.socket = socket;
        this.inbox = inbox;
        this.serializer = serializer;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void start(TransportListener listener) {
        inbox.start(listener, serializer.isText());
    }

    @Override
    public void demand() {
        socket.request(1);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        writeFrom(messages, 0, done);
    }

    /** One send at a time: goes on in place where the socket took the message at once, else when it has. */
    private void writeFrom(List<byte[]> messages, int from, Runnable done) {
        for (int i = from; i < messages.size(); i++) {
            CompletableFuture<WebSocket> sent = send(messages.get(i));
            if (!sent.isDone()) {
                int next = i + 1;
                var unused = sent.whenComplete((socketAgain, failure) -> writeFrom(messages, next, done));
                return;
            }
        }
        done.run();
    }

    private CompletableFuture<WebSocket> send(byte[] message) {
        return serializer.isText()
                ? socket.sendText(new String(message, StandardCharsets.UTF_8), true)
                : socket.sendBinary(ByteBuffer.wrap(message), true);
    }

    @Override
    public void ping() {
        var unused = socket.sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void close(int code) {
        var unused = socket.sendClose(sendable(code), "").exceptionally(failure -> {
            drop();
            return socket;
        });
    }

    /** The JDK's client keeps 1002 and 1009 to itself; their counterparts in the private range say the same. */
    static int sendable(int code) {
        return code == 1002 || code == 1009 ? code + 3000 : code;
    }

    @Override
    public void drop() {
        inbox.letGo(socket);
        inbox.closed("dropped");
    }
}
