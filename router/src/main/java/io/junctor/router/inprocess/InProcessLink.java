package io.junctor.router.inprocess;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.connection.transport.TrustedIdentity;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Workers;
import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessListener;
import io.junctor.wamp.value.Serializer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects a client in the same process with the router: it has the client's end and the router's end of the connection, with a
 * {@link MessagePipe} in each direction. The pipe to the router runs in passes, as an I/O thread does; the pipe to the client runs outside
 * of passes, because the client may run application code. Thread-safe.
 */
final class InProcessLink implements InProcessConnection {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessLink.class);

    private final Serializer serializer;
    private final int receiveLimitBytes;
    private final ListenerLimits limits;
    private final @Nullable TrustedIdentity identity;
    private final ClientOrigin origin;
    private final TransportCounters counters;
    private final Runnable whenEnded;
    private final MessagePipe toRouter;
    private final MessagePipe toClient;
    private final RouterEnd routerEnd = new RouterEnd();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile int maxMessageBytes = ListenerLimits.HANDSHAKE_BYTES;

    /**
     * Creates a connection that is open but not accepted yet.
     *
     * @param serializer the serialization of both ends
     * @param receiveLimitBytes the largest message that the client receives
     * @param settings the settings of the embedding program
     * @param executor runs the tasks that pass messages on
     * @param counters counts the messages of clients in the process
     * @param whenEnded runs once when the connection has ended
     */
    InProcessLink(
            Serializer serializer,
            int receiveLimitBytes,
            InProcessEndpoint.Settings settings,
            Executor executor,
            TransportCounters counters,
            Runnable whenEnded) {
        this.serializer = serializer;
        this.receiveLimitBytes = receiveLimitBytes;
        this.limits = settings.limits();
        this.identity = settings.identity();
        this.origin = settings.origin();
        this.counters = counters;
        this.whenEnded = whenEnded;
        this.toRouter = new MessagePipe(executor, Pass::run, Workers::runForeign);
        this.toClient = new MessagePipe(executor, Workers::runForeign, Pass::run);
    }

    /** The router's end. */
    Connection routerEnd() {
        return routerEnd;
    }

    /** Starts to pass messages to the router. */
    void open(MessageReceiver receiver) {
        toRouter.open(new RouterReader(receiver));
    }

    @Override
    public int maxSentBytes() {
        return limits.messageBytes();
    }

    @Override
    public void start(InProcessListener listener) {
        toClient.open(new ClientReader(listener));
    }

    @Override
    public void demand() {
        toClient.demand();
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        toRouter.write(messages, done);
    }

    @Override
    public void ping() {
        toClient.pong();
    }

    @Override
    public void close() {
        end("closed by the client");
    }

    private void end(String cause) {
        if (ended.compareAndSet(false, true)) {
            toRouter.end(cause);
            toClient.end(cause);
            whenEnded.run();
        }
    }

    private final class RouterReader implements MessagePipe.Reader {
        private final MessageReceiver receiver;

        RouterReader(MessageReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public boolean onMessage(byte[] message) {
            int most = maxMessageBytes;
            if (message.length > most) {
                counters.increment(TransportCounter.INVALID_INPUT);
                String problem = "a message of " + message.length + " bytes, the limit is " + most + " (message_bytes)";
                LOG.info("{} is disconnected: {}", routerEnd.peer(), problem);
                end(problem);
                return false;
            }
            counters.add(TransportCounter.BYTES_RECEIVED, message.length);
            receiver.onMessage(message);
            return !Pass.current().isSpent();
        }

        @Override
        public void onPong() {
            // The router sends no pings.
        }

        @Override
        public void onEnd(String cause) {
            end(cause);
            receiver.onClosed(cause);
        }
    }

    private final class ClientReader implements MessagePipe.Reader {
        private final InProcessListener listener;

        ClientReader(InProcessListener listener) {
            this.listener = listener;
        }

        @Override
        public boolean onMessage(byte[] message) {
            listener.onMessage(message);
            return true;
        }

        @Override
        public void onPong() {
            listener.onPong();
        }

        @Override
        public void onEnd(String cause) {
            end(cause);
            listener.onClosed(cause);
        }
    }

    /** The router's end of the connection. */
    private final class RouterEnd implements Connection {
        @Override
        public Serializer serializer() {
            return serializer;
        }

        @Override
        public ListenerLimits limits() {
            return limits;
        }

        @Override
        public JoinRestriction joins() {
            return origin.joins();
        }

        @Override
        public @Nullable TrustedIdentity identity() {
            return identity;
        }

        @Override
        public int receiveLimitBytes() {
            return receiveLimitBytes;
        }

        @Override
        public String peer() {
            return origin.peer();
        }

        @Override
        public String address() {
            return origin.address();
        }

        @Override
        public String listener() {
            return origin.listener();
        }

        @Override
        public boolean isPrivate() {
            return origin.isPrivate();
        }

        @Override
        public boolean isOnLoopback() {
            return origin.isOnLoopback();
        }

        @Override
        public Transport transport() {
            return origin.transport();
        }

        @Override
        public RequestFields requestFields() {
            return origin.requestFields();
        }

        @Override
        public @Nullable X509Certificate certificate() {
            return origin.certificate();
        }

        @Override
        public @Nullable PeerCredentials peerCredentials() {
            return origin.peerCredentials();
        }

        @Override
        public boolean isOpen() {
            return !ended.get();
        }

        @Override
        public void demand() {
            toRouter.demand();
        }

        @Override
        public void maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
        }

        @Override
        public void write(List<byte[]> messages, Runnable done) {
            toClient.write(messages, done);
        }

        @Override
        public void close(CloseStatus status) {
            end("closed by the router with code " + status.webSocketCode());
        }

        @Override
        public void drop() {
            end("dropped by the router");
        }
    }
}
