package io.junctor.client.internal.inprocess;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessListener;
import io.junctor.wamp.value.Serializer;
import java.util.List;

/** A transport that connects to a router in the same process. As thread-safe as {@link Transport} demands. */
final class InProcessTransport implements Transport {
    private final InProcessConnection connection;
    private final Serializer serializer;

    InProcessTransport(InProcessConnection connection, Serializer serializer) {
        this.connection = connection;
        this.serializer = serializer;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public int maxSentBytes() {
        return connection.maxSentBytes();
    }

    @Override
    public void start(TransportListener listener) {
        connection.start(new Receiver(listener));
    }

    @Override
    public void demand() {
        connection.demand();
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        connection.write(messages, done);
    }

    @Override
    public void ping() {
        connection.ping();
    }

    @Override
    public void close(int code) {
        connection.close();
    }

    @Override
    public void drop() {
        connection.close();
    }

    private record Receiver(TransportListener listener) implements InProcessListener {
        @Override
        public void onMessage(byte[] message) {
            listener.onMessage(message);
        }

        @Override
        public void onPong() {
            listener.onPong();
        }

        @Override
        public void onClosed(String cause) {
            listener.onClosed(cause);
        }
    }
}
