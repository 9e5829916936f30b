package io.junctor.testkit;

import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessListener;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A client of a router in the same process. It demands the next message as soon as one has arrived. Thread-safe. */
public final class InProcessTransport implements ClientTransport {
    private final InProcessConnection connection;
    private final Serializer serializer;
    private final ReceivedQueue received = new ReceivedQueue();
    // Guarded by this.
    private final Queue<byte[]> toSend = new ArrayDeque<>();
    private boolean writing;
    private boolean closing;

    private InProcessTransport(InProcessConnection connection, Serializer serializer) {
        this.connection = connection;
        this.serializer = serializer;
    }

    /** Connects to {@code router}. */
    public static InProcessTransport open(InProcessRouter router, Serializer serializer) {
        InProcessTransport transport =
                new InProcessTransport(router.connect(serializer, Integer.MAX_VALUE), serializer);
        transport.connection.start(transport.new Receiver());
        transport.connection.demand();
        return transport;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        synchronized (this) {
            toSend.add(message);
        }
        writeNext();
    }

    /** Sends an array that contains no message; this transport has no frames. */
    @Override
    public void sendInWrongFrame(byte[] message) {
        send(new byte[0]);
    }

    @Override
    public void cut() {
        connection.close();
    }

    /** Closes when all messages are sent. */
    @Override
    public void close() {
        boolean now;
        synchronized (this) {
            closing = true;
            now = !writing;
        }
        if (now) {
            connection.close();
        }
    }

    @Override
    public @Nullable ReceivedItem receive(long timeoutMillis) {
        return received.poll(timeoutMillis);
    }

    private void writeNext() {
        byte[] message;
        synchronized (this) {
            if (writing || toSend.isEmpty()) {
                return;
            }
            message = toSend.remove();
            writing = true;
        }
        connection.write(List.of(message), this::onWritten);
    }

    private void onWritten() {
        boolean close;
        synchronized (this) {
            writing = false;
            close = closing && toSend.isEmpty();
        }
        if (close) {
            connection.close();
        } else {
            writeNext();
        }
    }

    private final class Receiver implements InProcessListener {
        @Override
        public void onMessage(byte[] message) {
            received.add(message);
            connection.demand();
        }

        @Override
        public void onPong() {
            // Never called: this client sends no pings.
        }

        @Override
        public void onClosed(String cause) {
            received.close(ReceivedItem.Closed.DROPPED);
        }
    }
}
