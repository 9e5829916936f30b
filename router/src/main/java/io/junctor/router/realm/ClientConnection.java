package io.junctor.router.realm;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.MessageReceiver;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.ReadingGate;
import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.router.connection.StepDeadline;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.InvalidRequest;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection and its sessions, one after the other (section "Session Lifecycle").
 *
 * <p>Three kinds of threads meet here. The one that reads owns everything before {@code WELCOME}; the holder of the realm's turn owns
 * everything from there to the end of the session; workers bring timers and the loss of the transport. Who may act is
 * decided by {@code state}: only the thread that moves it on touches the outbox.
 */
final class ClientConnection implements MessageReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private final Realms realms;
    private final RouterContext surroundings;
    private final Connection connection;
    private final MessageDecoder decoder;

    private final Outbox outbox;
    private final ReadingGate gate;
    private final FlowControl brakes;
    private final StalledWriteDetector stallWatch;
    private final Handshake handshake;
    private final FinalMessage farewell;
    private final InvalidRequests invalidRequests;
    private final StepDeadline deadline;

    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.CLOSED);

    /** Written in the turn, read by the reader and by whoever finds the transport gone. */
    private volatile @Nullable JoinedSession member;

    /** Written before {@code member} is read, and read after it is set to null: one of the two sides abandons the outbox. */
    private volatile boolean transportGone;

    ClientConnection(Realms realms, RouterContext surroundings, Connection connection, Codecs codecs) {
        this.realms = realms;
        this.surroundings = surroundings;
        this.connection = connection;
        this.decoder = new MessageDecoder(connection, codecs, realms.handshakeCodecs(connection.limits()));
        this.gate = new ReadingGate(connection);
        OutboxEvents delivery = new OutboxEvents(this, realms, gate);
        this.outbox = new Outbox(connection, codecs, surroundings.counters(), delivery, surroundings.pressure());
        this.brakes = new FlowControl(connection, outbox, gate, surroundings, realms.paces());
        this.stallWatch = new StalledWriteDetector(connection, outbox, surroundings.counters());
        this.deadline = new StepDeadline(connection.limits(), surroundings.timers());
        this.farewell = new FinalMessage(brakes, outbox, surroundings, realms.saysGoodbye());
        this.invalidRequests = new InvalidRequests(surroundings);
        this.handshake = new Handshake(realms, surroundings, connection, this);
    }

    /** Begins to read and waits for {@code HELLO} only so long. */
    void start() {
        deadline.awaitHello(this::onHelloTimeout);
        gate.next();
    }

    Outbox outbox() {
        return outbox;
    }

    FlowControl brakes() {
        return brakes;
    }

    @Nullable
    JoinedSession member() {
        return member;
    }

    String peer() {
        return connection.peer();
    }

    StalledWriteDetector stallWatch() {
        return stallWatch;
    }

    @Override
    public void onMessage(byte[] message) {
        try (Pass pass = Pass.open()) {
            surroundings.counters().increment(Counter.MESSAGES_RECEIVED);
            receive(message);
            if (pass.isOutermost()) {
                // The next message may come by another thread, before this one leaves the pass.
                pass.settle();
            }
            gate.next();
        }
    }

    private void receive(byte[] bytes) {
        if (state.get() == SessionState.FAILED) {
            return;
        }
        FromClient message;
        try {
            message = decoder.decode(bytes, state.get());
        } catch (InvalidRequest invalid) {
            onInvalidRequest(invalid, bytes.length);
            return;
        } catch (ProtocolViolation violation) {
            onViolation(violation.problem());
            return;
        }
        JoinedSession current = member;
        if (current == null) {
            beforeSession(message);
            return;
        }
        if (message instanceof Goodbye) {
            // What follows belongs to the next session and has to wait for the end of this one.
            gate.pause(Reason.HANDSHAKE);
        }
        current.realm().submit(current, message, bytes.length);
    }

    private void onInvalidRequest(InvalidRequest invalid, int receivedBytes) {
        JoinedSession current = member;
        if (current == null) {
            beforeSession(invalid.message());
        } else {
            invalidRequests.refuse(current, invalid, receivedBytes);
        }
    }

    @Override
    public void onFault(String problem) {
        try (Pass pass = Pass.open()) {
            onViolation(problem);
        }
    }

    @Override
    public void onClosed(String cause) {
        try (Pass pass = Pass.open()) {
            SessionState before = state.getAndSet(SessionState.FAILED);
            deadline.cancel();
            handshake.end();
            LOG.debug("{} closed while {}: {}", connection.peer(), before, cause);
            transportGone = true;
            JoinedSession current = member;
            if (current != null) {
                current.realm().submitLeave(current);
            } else {
                outbox.abandon();
            }
            realms.forget(this);
        }
    }

    // ---- before WELCOME and after the session: the reading thread

    private void beforeSession(FromClient message) {
        SessionState now = state.get();
        if (now != SessionState.CLOSED && now != SessionState.CHALLENGING) {
            afterLeave(message);
            return;
        }
        String problem = Handshake.problem(now, message);
        if (message instanceof Abort) {
            endTransport(now, CloseStatus.NORMAL);
        } else if (problem != null) {
            onViolation(problem);
        } else if (state.compareAndSet(now, SessionState.JOINING)) {
            deadline.cancel();
            gate.pause(Reason.HANDSHAKE);
            handshake.onMessage(message);
        }
    }

    private void onViolation(String problem) {
        JoinedSession current = member;
        if (current != null) {
            current.realm().submitViolation(current, problem);
        } else if (failsFrom(SessionState.CLOSED, SessionState.CHALLENGING, SessionState.SHUTTING_DOWN)) {
            sendViolation(problem);
        }
    }

    /** Asks the client who it is, unless it is gone again; by a worker. */
    void challenge(Challenge challenge) {
        send(challenge);
        deadline.awaitAuthenticate(this::onAuthTimeout);
        if (!state.compareAndSet(SessionState.JOINING, SessionState.CHALLENGING)) {
            deadline.cancel();
            handshake.end();
        } else if (realms.isClosing()) {
            shutDown();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    /** Whether the client still waits for the outcome of its {@code HELLO} or {@code AUTHENTICATE}. */
    boolean isJoining() {
        return state.get() == SessionState.JOINING;
    }

    /** Answers {@code HELLO} or {@code AUTHENTICATE} by {@code ABORT} and closes the transport. */
    void refuse(JoinRefused refused) {
        if (!state.compareAndSet(SessionState.JOINING, SessionState.FAILED)) {
            handshake.end();
        } else if (refused.reason().equals(WampError.PROTOCOL_VIOLATION.uri())) {
            sendViolation(refused.text());
        } else if (refused == Realms.SHUTS_DOWN) {
            goAway();
        } else {
            handshake.tell(refused);
            farewell.refusal(refused);
            closeOutbox(CloseStatus.NORMAL);
        }
    }

    // ---- from WELCOME to the end of the session: the turn

    /** Opens the session, unless the client is gone again. */
    @InTurn
    void welcome(JoinedSession joined, Dict authextra) {
        member = joined;
        if (!state.compareAndSet(SessionState.JOINING, SessionState.ESTABLISHED)) {
            joined.realm().submitLeave(joined);
            return;
        }
        connection.maxMessageBytes(connection.limits().messageBytes());
        send(new Welcome(joined.session().id(), AnnouncedRoles.welcome(joined, authextra)));
        resumeLater(Reason.HANDSHAKE);
    }

    /** The session has ended; what to say about it is up to the caller. */
    @InTurn
    void left() {
        member = null;
        if (transportGone) {
            outbox.abandon();
        }
    }

    /** Answers the client's {@code GOODBYE}; the transport stays for another session, unless the router shuts down. */
    @InTurn
    void answerGoodbye(boolean shuttingDown) {
        send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        reopen(SessionState.ESTABLISHED, shuttingDown);
    }

    /** Says goodbye of the router's own wish and waits for the answer. */
    @InTurn
    void sayGoodbye(Goodbye goodbye) {
        if (state.compareAndSet(SessionState.ESTABLISHED, SessionState.SHUTTING_DOWN)) {
            send(goodbye);
            deadline.awaitGoodbye(this::onGoodbyeTimeout);
        }
    }

    /** The router shuts down: tells the client so, or only closes the transport. */
    @InTurn
    void endByShutdown() {
        if (realms.saysGoodbye()) {
            sayGoodbye(new Goodbye(Realms.SHUTS_DOWN.closeDetails(), Realms.SHUTS_DOWN.reason()));
        } else {
            close(CloseStatus.SHUTDOWN);
        }
    }

    /** Ends a session that broke the protocol. */
    @InTurn
    void abort(String problem) {
        if (state.compareAndSet(SessionState.ESTABLISHED, SessionState.FAILED)) {
            sendViolation(problem);
        }
    }

    /** Closes the transport after what is queued. */
    @InTurn
    void close(CloseStatus how) {
        endTransport(SessionState.ESTABLISHED, how);
    }

    /** A message that came after the end of the session: only the answer to our {@code GOODBYE} means anything. */
    void afterLeave(FromClient message) {
        if (message instanceof Goodbye) {
            deadline.cancel();
            reopen(SessionState.SHUTTING_DOWN, realms.isClosing());
        } else if (message instanceof Abort) {
            endTransport(SessionState.SHUTTING_DOWN, CloseStatus.NORMAL);
        }
    }

    private void onHelloTimeout() {
        if (state.compareAndSet(SessionState.CLOSED, SessionState.FAILED)) {
            surroundings.counters().increment(Counter.HANDSHAKES_TIMED_OUT);
            try (Pass pass = Pass.open()) {
                closeOutbox(CloseStatus.POLICY);
            }
        }
    }

    private void onAuthTimeout() {
        if (state.compareAndSet(SessionState.CHALLENGING, SessionState.JOINING)) {
            surroundings.counters().increment(Counter.HANDSHAKES_TIMED_OUT);
            try (Pass pass = Pass.open()) {
                refuse(JoinRefused.of(
                        WampError.AUTHENTICATION_FAILED, "AUTHENTICATE did not come in time (auth_timeout)"));
            }
        }
    }

    private void onGoodbyeTimeout() {
        if (state.compareAndSet(SessionState.SHUTTING_DOWN, SessionState.FAILED)) {
            connection.drop();
        }
    }

    /** The router goes: a transport that waits for {@code HELLO} is told so and closes. */
    void shutDown() {
        if (failsFrom(SessionState.CLOSED, SessionState.CHALLENGING)) {
            try (Pass pass = Pass.open()) {
                goAway();
            }
        }
    }

    private void goAway() {
        farewell.shutdown();
        closeOutbox(CloseStatus.SHUTDOWN);
    }

    /** Drops the transport at once. */
    void drop() {
        connection.drop();
    }

    private boolean failsFrom(SessionState... phases) {
        return Arrays.stream(phases).anyMatch(phase -> state.compareAndSet(phase, SessionState.FAILED));
    }

    private void reopen(SessionState from, boolean shuttingDown) {
        if (shuttingDown) {
            endTransport(from, CloseStatus.SHUTDOWN);
            return;
        }
        connection.maxMessageBytes(ListenerLimits.HANDSHAKE_BYTES);
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

    /** Closes the transport after what is queued; reading goes on, as the peer's side of the closing must be read. */
    private void closeOutbox(CloseStatus how) {
        deadline.cancel();
        handshake.end();
        outbox.close(how);
        resumeLater(Reason.HANDSHAKE);
    }

    private void sendViolation(String problem) {
        farewell.violation(problem);
        closeOutbox(CloseStatus.VIOLATION);
    }

    private void send(FromRouter message) {
        outbox.append(message, Payload.NONE);
    }

    /** Demands nothing in the turn: what is demanded may come at once. */
    private void resumeLater(Reason reason) {
        Pass.current().atEnd(() -> gate.resume(reason));
    }
}
