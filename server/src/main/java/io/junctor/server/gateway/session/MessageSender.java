package io.junctor.server.gateway.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.wamp.inprocess.InProcessConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the requests of a session and sends them in this order. While the router receives one batch, the next one is collected.
 * Thread-safe. The number of waiting messages is bounded by the number of open requests of the clients.
 */
final class MessageSender {
    private final InProcessConnection connection;

    @GuardedBy("this")
    private List<byte[]> waiting = new ArrayList<>();

    @GuardedBy("this")
    private boolean isWriting;

    @GuardedBy("this")
    private long lastRequest;

    MessageSender(InProcessConnection connection) {
        this.connection = connection;
    }

    /** Receives the number of a request before the router can reply to the request. */
    @FunctionalInterface
    interface NumberListener {
        void onNumber(long request);
    }

    /**
     * Sends a request.
     *
     * @param code the type of the message
     * @param tail the rest of the message after the number, with its closing bracket
     */
    void request(int code, byte[] tail, NumberListener numbered) {
        synchronized (this) {
            lastRequest++;
            numbered.onNumber(lastRequest);
            byte[] head = ("[" + code + "," + lastRequest + ",").getBytes(StandardCharsets.US_ASCII);
            byte[] message = new byte[head.length + tail.length];
            System.arraycopy(head, 0, message, 0, head.length);
            System.arraycopy(tail, 0, message, head.length, tail.length);
            waiting.add(message);
        }
        writeNext(false);
    }

    /** Sends a message without a number. */
    void send(byte[] message) {
        synchronized (this) {
            waiting.add(message);
        }
        writeNext(false);
    }

    private void writeNext(boolean written) {
        List<byte[]> batch;
        synchronized (this) {
            isWriting &= !written;
            if (isWriting || waiting.isEmpty()) {
                return;
            }
            isWriting = true;
            batch = waiting;
            waiting = new ArrayList<>();
        }
        connection.write(batch, () -> writeNext(true));
    }
}
