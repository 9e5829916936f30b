package io.junctor.jakarta;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.Heartbeat;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.value.Serializer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects one WebSocket of a Jakarta container to the router. Thread-safe. */
final class JakartaConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(JakartaConnection.class);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** The states of sending: whether a write is in progress, and whether the session closes after it. */
    private enum SendState {
        IDLE,
        WRITING,
        CLOSE_AFTER_WRITING,
        CLOSED
    }

    private final Session session;
    private final Serializer serializer;
    private final RequestFields fields;
    private final ListenerConfig config;
    private final TransportContext context;
    private final Executor executor;
    private final InboundMessageQueue inbound;
    private final MessageAssembler assembly = new MessageAssembler(ListenerLimits.HANDSHAKE_BYTES);
    private final IncomingByteCount held;
    private final Heartbeat heartbeat = new Heartbeat();
    private final AtomicReference<SendState> sending = new AtomicReference<>(SendState.IDLE);

    /** The reason for closing: the closing thread sets it before it changes {@link #sending}, and the thread that closes the session reads it. */
    private volatile @Nullable CloseReason closeReason;

    JakartaConnection(
            Session session,
            Serializer serializer,
            RequestFields fields,
            ListenerConfig config,
            TransportContext context,
            Executor executor) {
        this.session = session;
        this.serializer = serializer;
        this.fields = fields;
        this.config = config;
        this.context = context;
        this.executor = executor;
        this.inbound = new InboundMessageQueue(executor, context.timers());
        this.held = new IncomingByteCount(context.limit().incoming().share(this::onIncomingRefused));
    }

    /** Starts to deliver messages to the router. */
    void open() {
        session.setMaxIdleTimeout(0);
        inbound.open(context.acceptor().accept(this));
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public RequestFields requestFields() {
        return fields;
    }

    @Override
    public Transport transport() {
        return Transport.WEBSOCKET;
    }

    @Override
    public ListenerLimits limits() {
        return config.limits();
    }

    @Override
    public JoinRestriction joins() {
        return config.joins(config.http().websockets().getFirst());
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String peer() {
        return "web application's session " + session.getId();
    }

    /** Returns whether the connection is encrypted. The container does not reveal the address, so a client on this machine is not detected. */
    @Override
    public boolean isPrivate() {
        return session.isSecure();
    }

    @Override
    public boolean isOpen() {
        return sending.get() != SendState.CLOSED;
    }

    /** Sends a ping, or answers at once while messages of the client wait: they show that the client is alive. */
    @Override
    public void probe(Runnable answered) {
        if (inbound.isFull()) {
            answered.run();
        } else {
            heartbeat.ask(answered);
            executor.execute(this::ping);
        }
    }

    @Override
    public void demand() {
        held.hold(assembly.length() + inbound.waitingBytes());
        inbound.demand();
    }

    @Override
    public void maxMessageBytes(int bytes) {
        assembly.limitBytes(bytes);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        if (sending.compareAndSet(SendState.IDLE, SendState.WRITING)) {
            sendFrom(messages, 0, done);
        } else {
            done.run();
        }
    }

    @Override
    public void close(CloseStatus status) {
        close(new CloseReason(CloseReason.CloseCodes.getCloseCode(status.webSocketCode()), ""));
    }

    @Override
    public void drop() {
        lost("dropped by the router");
    }

    // Called by the container.

    /** Receives a part of a binary message; some containers pass on whole messages, others parts of messages. */
    void onBinary(byte[] part, boolean isLast) {
        heartbeat.onHeard();
        if (serializer.isText()) {
            inbound.fault("a binary frame on subprotocol " + serializer.subprotocol() + ", which uses text frames");
        } else {
            onPart(assembly.add(part), isLast);
        }
    }

    /** Receives a part of a text message. */
    void onText(String part, boolean isLast) {
        heartbeat.onHeard();
        if (serializer.isText()) {
            onPart(assembly.add(part), isLast);
        } else {
            inbound.fault("a text frame on subprotocol " + serializer.subprotocol() + ", which uses binary frames");
        }
    }

    void onPong() {
        heartbeat.onHeard();
    }

    void onClosed(String cause) {
        sending.set(SendState.CLOSED);
        held.release();
        inbound.end(cause, false);
    }

    private void onPart(boolean isWithinLimit, boolean isLast) {
        if (!isWithinLimit) {
            String problem = "a message is larger than message_bytes allows: " + assembly.limitBytes() + " bytes";
            context.counters().of(transport()).increment(TransportCounter.INVALID_INPUT);
            inbound.end(problem, true);
            close(new CloseReason(CloseReason.CloseCodes.TOO_BIG, problem));
        } else if (isLast) {
            enqueue(assembly.finish());
        }
        held.hold(assembly.length() + inbound.waitingBytes());
    }

    /** Ends the connection because incoming messages take too much memory. Another connection may call this while it counts its own bytes. */
    private void onIncomingRefused() {
        context.counters().of(transport()).increment(TransportCounter.INCOMING_REFUSED);
        executor.execute(
                () -> lost("incoming messages of all connections hold more than limit incoming_heap_percent allows"));
    }

    private void enqueue(byte[] message) {
        context.counters().of(transport()).add(TransportCounter.BYTES_RECEIVED, message.length);
        try {
            if (!inbound.add(message)) {
                LOG.info(
                        "the router ends the connection of {}: its queue of messages was full for {} s",
                        peer(),
                        InboundMessageQueue.WAIT.toSeconds());
                // This must precede close(), because the container reports the close with its own cause.
                inbound.end("messages waited for too long", true);
                close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "messages wait for too long"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost("the web application stops");
        }
    }

    /** Sends a ping if the client is silent, and ends the connection if the client does not answer. */
    void sweep(long nowNanos) {
        switch (heartbeat.check(nowNanos, inbound.isFull(), limits())) {
            case NOTHING -> {}
            case PING -> executor.execute(this::ping);
            case DEAD -> {
                context.counters().of(transport()).increment(TransportCounter.PONGS_MISSED);
                lost("no pong within " + limits().pongWait().toMillis() + " ms");
            }
        }
    }

    private void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            heartbeat.onPingSent();
        } catch (IOException | RuntimeException e) {
            lost("writing failed");
        }
    }

    // Sending, one message at a time.

    private void sendFrom(List<byte[]> messages, int first, Runnable done) {
        int next = first;
        while (next < messages.size() && sending.get() != SendState.CLOSED) {
            int after = next + 1;
            // This thread and the callback both arrive here; the later one goes on, so that callbacks do not nest.
            AtomicInteger completions = new AtomicInteger();
            send(messages.get(next), result -> {
                if (!result.isOK()) {
                    lost("writing failed");
                }
                if (completions.incrementAndGet() == 2) {
                    sendRest(messages, after, done);
                }
            });
            if (completions.incrementAndGet() != 2) {
                return;
            }
            next = after;
        }
        sent(done);
    }

    private void sendRest(List<byte[]> messages, int next, Runnable done) {
        heartbeat.onHeard();
        Pass pass = Pass.open();
        try {
            sendFrom(messages, next, done);
        } finally {
            pass.close();
        }
    }

    private void send(byte[] message, SendHandler handler) {
        try {
            if (serializer.isText()) {
                session.getAsyncRemote().sendText(new String(message, StandardCharsets.UTF_8), handler);
            } else {
                session.getAsyncRemote().sendBinary(ByteBuffer.wrap(message), handler);
            }
        } catch (RuntimeException e) {
            handler.onResult(new SendResult(session, e));
        }
    }

    private void sent(Runnable done) {
        if (!sending.compareAndSet(SendState.WRITING, SendState.IDLE)
                && sending.compareAndSet(SendState.CLOSE_AFTER_WRITING, SendState.CLOSED)) {
            executor.execute(this::closeSession);
        }
        done.run();
    }

    // Ending.

    private void close(CloseReason reason) {
        closeReason = reason;
        if (sending.compareAndSet(SendState.IDLE, SendState.CLOSED)) {
            executor.execute(this::closeSession);
        } else {
            sending.compareAndSet(SendState.WRITING, SendState.CLOSE_AFTER_WRITING);
            if (sending.compareAndSet(SendState.IDLE, SendState.CLOSED)) {
                executor.execute(this::closeSession);
            }
        }
    }

    private void lost(String cause) {
        sending.set(SendState.CLOSED);
        inbound.end(cause, true);
        executor.execute(this::closeSession);
    }

    /** Closes the session. May block until the client answers the close frame, up to the idle time of the session. */
    private void closeSession() {
        try {
            session.setMaxIdleTimeout(CLOSE_WAIT.toMillis());
            CloseReason reason = closeReason;
            session.close(reason != null ? reason : new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} was closed already", peer(), e);
        }
    }
}
