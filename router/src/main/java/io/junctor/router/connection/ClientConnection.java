package io.junctor.router.connection;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Receives and sends the messages of one client: its handshakes and sessions, one after the other (section "Session Lifecycle").
 *
 * <p>Three kinds of threads use it. The reading thread owns everything before {@code WELCOME}; the holder of the realm's turn owns
 * everything from there to the end of the session; workers report timeouts and the loss of the transport. {@code state} decides which of
 * them may act: only the thread that changes it appends to the outbox.
 */
public final class ClientConnection implements MessageReceiver {
    private final ClientConnections connections;
    private final Connection transport;
    private final Outbox outbox;
    private final ReadingGate gate;
    private final ClientFlowControl flowControl;
    private final StepDeadline deadline;
    private final TransportCounters counters;
    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.CLOSED);

    /** The decoder of the handshake or of the session. Written while reading pauses, or by the reading thread. */
    private volatile Codec decoder;
    /** The session: set in the turn; read by the reading thread, and by the thread that reports the loss of the transport. */
    private volatile @Nullable SessionHandler session;
    /** Handles the messages from HELLO to WELCOME. Null before HELLO, and during a session to save memory. */
    private volatile @Nullable HandshakeHandler handshake;
    /** Whether the transport is lost. Set before {@code session} is read, read after it is set to null: so one of the threads abandons the outbox. */
    private volatile boolean transportLost;
    /** Whether a text message is not UTF-8: set by the reading thread before it reports the violation. */
    private volatile boolean textIsInvalid;

    ClientConnection(ClientConnections connections, Connection transport) {
        this.connections = connections;
        this.transport = transport;
        this.decoder = connections.handshakeDecoder(transport);
        this.gate = new ReadingGate(transport);
        this.flowControl = new ClientFlowControl(this, connections, gate, connections.codecs(transport.limits()));
        this.outbox = flowControl.outbox();
        this.deadline =
                new StepDeadline(transport.limits(), connections.context().timers());
        this.counters = flowControl.counters();
    }

    /** Begins to read and starts the deadline of {@code HELLO}. */
    void start() {
        deadline.awaitHello(this::onHelloTimeout);
        gate.next();
    }

    /** The transport. */
    public Connection transport() {
        return transport;
    }

    /** The client's outbox, the reasons to pause reading, and the source of the client's operations in the turn. */
    public ClientFlowControl flowControl() {
        return flowControl;
    }

    @Override
    public void onMessage(byte[] message) {
        try (Pass pass = Pass.open()) {
            counters.increment(TransportCounter.MESSAGES_RECEIVED);
            receive(message);
            // Another thread may handle the next message before this thread leaves the pass.
            pass.settleIfOutermost();
            gate.next();
        }
    }

    private void receive(byte[] bytes) {
        if (state.get() == SessionState.FAILED) {
            return;
        }
        FromClient message;
        try {
            message = decoder.decodeFromClient(bytes).withoutExtra();
        } catch (InvalidRequestException invalid) {
            SessionHandler open = session;
            if (open == null) {
                beforeSession(invalid.message());
            } else {
                open.onInvalidRequest(invalid, bytes.length);
            }
            return;
        } catch (ProtocolViolationException violation) {
            textIsInvalid = AbortSender.isInvalidText(bytes, transport.serializer());
            onViolation(violation.problem());
            return;
        }
        SessionHandler current = session;
        if (current == null) {
            beforeSession(message);
            return;
        }
        if (message instanceof Goodbye) {
            // The next message belongs to the next session and waits for the end of the present session.
            gate.pause(Reason.HANDSHAKE);
        }
        current.onMessage(message, bytes.length);
    }

    @Override
    public void onFault(String problem) {
        Pass.run(() -> onViolation(problem));
    }

    /** {@code message} cannot be sent. Called by the thread that flushes the outbox. */
    void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        SessionHandler current = session;
        if (current != null) {
            current.onUndeliverable(message, problem);
        }
    }

    @Override
    public void onClosed(String cause) {
        try (Pass pass = Pass.open()) {
            SessionState before = state.getAndSet(SessionState.FAILED);
            deadline.cancel();
            endHandshake();
            flowControl.onClosed(before, cause);
            transportLost = true;
            SessionHandler current = session;
            if (current != null) {
                current.onTransportLost();
            } else {
                outbox.abandon();
            }
            connections.remove(this);
        }
    }

    private void beforeSession(FromClient message) {
        SessionState now = state.get();
        if (now != SessionState.CLOSED && now != SessionState.CHALLENGING) {
            afterLeave(message);
            return;
        }
        String problem = now.problem(message);
        if (message instanceof Abort) {
            endTransport(now, CloseStatus.NORMAL);
        } else if (problem != null) {
            onViolation(problem);
        } else if (state.compareAndSet(now, SessionState.JOINING)) {
            deadline.cancel();
            gate.pause(Reason.HANDSHAKE);
            handshake().onMessage(message);
            if (state.get() == SessionState.FAILED) {
                // The transport was lost before there was a handshake to end.
                endHandshake();
            }
        }
    }

    private HandshakeHandler handshake() {
        HandshakeHandler current = handshake;
        if (current == null) {
            current = connections.handshake(this);
            handshake = current;
        }
        return current;
    }

    private void endHandshake() {
        HandshakeHandler current = handshake;
        if (current != null) {
            current.end();
        }
    }

    private AbortSender abortSender() {
        return new AbortSender(flowControl, outbox, connections.announcesShutdown());
    }

    private void onViolation(String problem) {
        SessionHandler current = session;
        if (current != null) {
            current.onViolation(problem);
        } else if (failsFrom(SessionState.CLOSED, SessionState.CHALLENGING, SessionState.SHUTTING_DOWN)) {
            sendViolation(problem);
        }
    }

    /** Sends {@code CHALLENGE} and waits for {@code AUTHENTICATE}. Called by a worker. */
    public void challenge(Challenge challenge) {
        outbox.append(challenge, Payload.NONE);
        deadline.awaitAuthenticate(this::onAuthTimeout);
        if (!state.compareAndSet(SessionState.JOINING, SessionState.CHALLENGING)) {
            deadline.cancel();
            endHandshake();
        } else if (connections.isClosing()) {
            shutDown();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    /** Whether the client still waits for the outcome of its {@code HELLO} or {@code AUTHENTICATE}. */
    public boolean isJoining() {
        return state.get() == SessionState.JOINING;
    }

    /** Sends {@code ABORT} and closes the transport. Does nothing if the connection is already closed. */
    public void refuse(JoinRefused refused) {
        if (!state.compareAndSet(SessionState.JOINING, SessionState.FAILED)) {
            endHandshake();
        } else if (refused.reason().equals(WampError.PROTOCOL_VIOLATION.uri())) {
            sendViolation(refused.text());
        } else if (refused == ClientConnections.SHUTS_DOWN) {
            abortSender().shutdown();
            closeOutbox(CloseStatus.SHUTDOWN);
        } else {
            handshake().onRefused(refused);
            abortSender().refusal(refused);
            closeOutbox(CloseStatus.NORMAL);
        }
    }

    /** Begins a session: sends {@code WELCOME}. Ends the session at once if the connection is already closed. */
    @InTurn
    public void welcome(SessionHandler joined, Welcome welcome) {
        session = joined;
        if (!state.compareAndSet(SessionState.JOINING, SessionState.ESTABLISHED)) {
            joined.onTransportLost();
            return;
        }
        handshake = null;
        decoder = connections.decoder(transport);
        transport.maxMessageBytes(transport.limits().messageBytes());
        outbox.append(welcome, Payload.NONE);
        resumeLater(Reason.HANDSHAKE);
    }

    /** Makes earlier writes of the turn visible to the reading thread, which reads the field {@code session} for each message. */
    @InTurn
    public void publishSession() {
        SessionHandler current = session;
        session = current;
    }

    /** The session has ended. The caller sends {@code GOODBYE} or {@code ABORT}, if any. */
    @InTurn
    public void left() {
        session = null;
        if (transportLost) {
            outbox.abandon();
        }
    }

    /** Answers the client's {@code GOODBYE}; the transport stays for another session, unless the router shuts down. */
    @InTurn
    public void answerGoodbye(boolean shuttingDown) {
        outbox.append(ClientConnections.GOODBYE_AND_OUT, Payload.NONE);
        reopen(SessionState.ESTABLISHED, shuttingDown);
    }

    /** Sends {@code GOODBYE} and waits for the answer. */
    @InTurn
    public void sendGoodbye(Goodbye goodbye) {
        // Set before the state changes: if the transport is lost meanwhile, the loss cancels it or prevents the change.
        deadline.awaitGoodbye(this::onGoodbyeTimeout);
        if (state.compareAndSet(SessionState.ESTABLISHED, SessionState.SHUTTING_DOWN)) {
            outbox.append(goodbye, Payload.NONE);
        } else {
            deadline.cancel();
        }
    }

    /** The router shuts down: sends {@code GOODBYE} if the configuration says so, else closes the transport. */
    @InTurn
    public void endByShutdown() {
        if (connections.announcesShutdown()) {
            sendGoodbye(ClientConnections.SHUTDOWN_GOODBYE);
        } else {
            close(CloseStatus.SHUTDOWN);
        }
    }

    /** Ends a session that broke the protocol. */
    @InTurn
    public void abort(String problem) {
        if (state.compareAndSet(SessionState.ESTABLISHED, SessionState.FAILED)) {
            sendViolation(problem);
        }
    }

    /** Closes the transport after the queued messages are sent. */
    @InTurn
    public void close(CloseStatus how) {
        endTransport(SessionState.ESTABLISHED, how);
    }

    /** Handles a message that came after the end of the session: ignores all but {@code GOODBYE} and {@code ABORT}. */
    public void afterLeave(FromClient message) {
        if (message instanceof Goodbye) {
            deadline.cancel();
            reopen(SessionState.SHUTTING_DOWN, connections.isClosing());
        } else if (message instanceof Abort) {
            endTransport(SessionState.SHUTTING_DOWN, CloseStatus.NORMAL);
        }
    }

    private void onHelloTimeout() {
        if (state.compareAndSet(SessionState.CLOSED, SessionState.FAILED)) {
            flowControl.onLateHello();
            Pass.run(() -> closeOutbox(CloseStatus.POLICY));
        }
    }

    private void onAuthTimeout() {
        if (state.compareAndSet(SessionState.CHALLENGING, SessionState.JOINING)) {
            flowControl.onLateAuthenticate();
            Pass.run(() -> refuse(JoinRefused.of(
                    WampError.AUTHENTICATION_FAILED, "AUTHENTICATE did not come in time (auth_timeout)")));
        }
    }

    private void onGoodbyeTimeout() {
        if (state.compareAndSet(SessionState.SHUTTING_DOWN, SessionState.FAILED)) {
            transport.drop();
        }
    }

    /** The router shuts down: closes a transport that waits for {@code HELLO} or {@code AUTHENTICATE}. */
    void shutDown() {
        if (failsFrom(SessionState.CLOSED, SessionState.CHALLENGING)) {
            try (Pass pass = Pass.open()) {
                abortSender().shutdown();
                closeOutbox(CloseStatus.SHUTDOWN);
            }
        }
    }

    private boolean failsFrom(SessionState... states) {
        return Arrays.stream(states).anyMatch(from -> state.compareAndSet(from, SessionState.FAILED));
    }

    private void reopen(SessionState from, boolean shuttingDown) {
        if (shuttingDown) {
            endTransport(from, CloseStatus.SHUTDOWN);
            return;
        }
        decoder = connections.handshakeDecoder(transport);
        transport.maxMessageBytes(ListenerLimits.HANDSHAKE_BYTES);
        deadline.awaitHello(this::onHelloTimeout);
        if (!state.compareAndSet(from, SessionState.CLOSED)) {
            deadline.cancel();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    private void endTransport(SessionState from, CloseStatus how) {
        if (state.compareAndSet(from, SessionState.FAILED)) {
            closeOutbox(how);
        }
    }

    /** Closes the transport after the queued messages are sent. Reading goes on, to read the peer's close frame. */
    private void closeOutbox(CloseStatus how) {
        deadline.cancel();
        endHandshake();
        outbox.close(how);
        resumeLater(Reason.HANDSHAKE);
    }

    private void sendViolation(String problem) {
        abortSender().violation(problem);
        closeOutbox(textIsInvalid ? CloseStatus.INVALID_TEXT : CloseStatus.VIOLATION);
    }

    /** Resumes reading at the end of the pass, not in the turn: the next message may arrive during the call. */
    private void resumeLater(Reason reason) {
        Pass.current().atEnd(() -> gate.resume(reason));
    }
}
