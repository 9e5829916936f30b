package io.junctor.router.realm;

import io.junctor.router.auth.Refused;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Outbox;
import io.junctor.router.session.ReadingGate;
import io.junctor.router.session.ReadingGate.Reason;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Ending;
import io.junctor.router.transport.Receiver;
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
final class Link implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private final Realms realms;
    private final Surroundings surroundings;
    private final Connection connection;
    private final MessageDecoder decoder;

    private final Outbox outbox;
    private final ReadingGate gate;
    private final Brakes brakes;
    private final StallWatch stallWatch;
    private final Handshake handshake;
    private final Farewell farewell;
    private final InvalidRequests invalidRequests;
    private final Deadline deadline;

    private final AtomicReference<Phase> state = new AtomicReference<>(Phase.CLOSED);

    /** Written in the turn, read by the reader and by whoever finds the transport gone. */
    private volatile @Nullable Member member;

    /** Written before {@code member} is read, and read after it is set to null: one of the two sides abandons the outbox. */
    private volatile boolean transportGone;

    Link(Realms realms, Surroundings surroundings, Connection connection, Codecs codecs) {
        this.realms = realms;
        this.surroundings = surroundings;
        this.connection = connection;
        this.decoder = new MessageDecoder(connection, codecs, realms.handshakeCodecs(connection.limits()));
        this.gate = new ReadingGate(connection);
        Delivery delivery = new Delivery(this, realms, gate);
        this.outbox = new Outbox(connection, codecs, surroundings.counters(), delivery, surroundings.pressure());
        this.brakes = new Brakes(connection, outbox, gate, surroundings, realms.paces());
        this.stallWatch = new StallWatch(connection, outbox, surroundings.counters());
        this.deadline = new Deadline(connection.limits(), surroundings.timers());
        this.farewell = new Farewell(brakes, outbox, surroundings, realms.saysGoodbye());
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

    Brakes brakes() {
        return brakes;
    }

    @Nullable
    Member member() {
        return member;
    }

    String peer() {
        return connection.peer();
    }

    StallWatch stallWatch() {
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
        if (state.get() == Phase.FAILED) {
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
        Member current = member;
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
        Member current = member;
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
            Phase before = state.getAndSet(Phase.FAILED);
            deadline.cancel();
            handshake.end();
            LOG.debug("{} closed while {}: {}", connection.peer(), before, cause);
            transportGone = true;
            Member current = member;
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
        Phase now = state.get();
        if (now != Phase.CLOSED && now != Phase.CHALLENGING) {
            afterLeave(message);
            return;
        }
        String problem = Handshake.problem(now, message);
        if (message instanceof Abort) {
            endTransport(now, Ending.NORMAL);
        } else if (problem != null) {
            onViolation(problem);
        } else if (state.compareAndSet(now, Phase.JOINING)) {
            deadline.cancel();
            gate.pause(Reason.HANDSHAKE);
            handshake.onMessage(message);
        }
    }

    private void onViolation(String problem) {
        Member current = member;
        if (current != null) {
            current.realm().submitViolation(current, problem);
        } else if (failsFrom(Phase.CLOSED, Phase.CHALLENGING, Phase.SHUTTING_DOWN)) {
            sendViolation(problem);
        }
    }

    /** Asks the client who it is, unless it is gone again; by a worker. */
    void challenge(Challenge challenge) {
        send(challenge);
        deadline.awaitAuthenticate(this::onAuthTimeout);
        if (!state.compareAndSet(Phase.JOINING, Phase.CHALLENGING)) {
            deadline.cancel();
            handshake.end();
        } else if (realms.isClosing()) {
            shutDown();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    /** Whether the client still waits for the outcome of its {@code HELLO} or {@code AUTHENTICATE}. */
    boolean isJoining() {
        return state.get() == Phase.JOINING;
    }

    /** Answers {@code HELLO} or {@code AUTHENTICATE} by {@code ABORT} and closes the transport. */
    void refuse(Refused refused) {
        if (!state.compareAndSet(Phase.JOINING, Phase.FAILED)) {
            handshake.end();
        } else if (refused.reason().equals(WampError.PROTOCOL_VIOLATION.uri())) {
            sendViolation(refused.text());
        } else if (refused == Realms.SHUTS_DOWN) {
            goAway();
        } else {
            handshake.tell(refused);
            farewell.refusal(refused);
            closeOutbox(Ending.NORMAL);
        }
    }

    // ---- from WELCOME to the end of the session: the turn

    /** Opens the session, unless the client is gone again. */
    @InTurn
    void welcome(Member joined, Dict authextra) {
        member = joined;
        if (!state.compareAndSet(Phase.JOINING, Phase.ESTABLISHED)) {
            joined.realm().submitLeave(joined);
            return;
        }
        connection.maxMessageBytes(connection.limits().messageBytes());
        send(new Welcome(joined.session().id(), Announced.welcome(joined, authextra)));
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
        reopen(Phase.ESTABLISHED, shuttingDown);
    }

    /** Says goodbye of the router's own wish and waits for the answer. */
    @InTurn
    void sayGoodbye(Goodbye goodbye) {
        if (state.compareAndSet(Phase.ESTABLISHED, Phase.SHUTTING_DOWN)) {
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
            close(Ending.SHUTDOWN);
        }
    }

    /** Ends a session that broke the protocol. */
    @InTurn
    void abort(String problem) {
        if (state.compareAndSet(Phase.ESTABLISHED, Phase.FAILED)) {
            sendViolation(problem);
        }
    }

    /** Closes the transport after what is queued. */
    @InTurn
    void close(Ending how) {
        endTransport(Phase.ESTABLISHED, how);
    }

    /** A message that came after the end of the session: only the answer to our {@code GOODBYE} means anything. */
    void afterLeave(FromClient message) {
        if (message instanceof Goodbye) {
            deadline.cancel();
            reopen(Phase.SHUTTING_DOWN, realms.isClosing());
        } else if (message instanceof Abort) {
            endTransport(Phase.SHUTTING_DOWN, Ending.NORMAL);
        }
    }

    private void onHelloTimeout() {
        if (state.compareAndSet(Phase.CLOSED, Phase.FAILED)) {
            surroundings.counters().increment(Counter.HANDSHAKES_TIMED_OUT);
            try (Pass pass = Pass.open()) {
                closeOutbox(Ending.POLICY);
            }
        }
    }

    private void onAuthTimeout() {
        if (state.compareAndSet(Phase.CHALLENGING, Phase.JOINING)) {
            surroundings.counters().increment(Counter.HANDSHAKES_TIMED_OUT);
            try (Pass pass = Pass.open()) {
                refuse(Refused.of(WampError.AUTHENTICATION_FAILED, "AUTHENTICATE did not come in time (auth_timeout)"));
            }
        }
    }

    private void onGoodbyeTimeout() {
        if (state.compareAndSet(Phase.SHUTTING_DOWN, Phase.FAILED)) {
            connection.drop();
        }
    }

    /** The router goes: a transport that waits for {@code HELLO} is told so and closes. */
    void shutDown() {
        if (failsFrom(Phase.CLOSED, Phase.CHALLENGING)) {
            try (Pass pass = Pass.open()) {
                goAway();
            }
        }
    }

    private void goAway() {
        farewell.shutdown();
        closeOutbox(Ending.SHUTDOWN);
    }

    /** Drops the transport at once. */
    void drop() {
        connection.drop();
    }

    private boolean failsFrom(Phase... phases) {
        return Arrays.stream(phases).anyMatch(phase -> state.compareAndSet(phase, Phase.FAILED));
    }

    private void reopen(Phase from, boolean shuttingDown) {
        if (shuttingDown) {
            endTransport(from, Ending.SHUTDOWN);
            return;
        }
        connection.maxMessageBytes(ListenerLimits.HANDSHAKE_BYTES);
        deadline.awaitHello(this::onHelloTimeout);
        if (!state.compareAndSet(from, Phase.CLOSED)) {
            deadline.cancel();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    private void endTransport(Phase from, Ending how) {
        if (state.compareAndSet(from, Phase.FAILED)) {
            closeOutbox(how);
        }
    }

    /** Closes the transport after what is queued; reading goes on, as the peer's side of the closing must be read. */
    private void closeOutbox(Ending how) {
        deadline.cancel();
        handshake.end();
        outbox.close(how);
        resumeLater(Reason.HANDSHAKE);
    }

    private void sendViolation(String problem) {
        farewell.violation(problem);
        closeOutbox(Ending.VIOLATION);
    }

    private void send(FromRouter message) {
        outbox.append(message, Payload.NONE);
    }

    /** Demands nothing in the turn: what is demanded may come at once. */
    private void resumeLater(Reason reason) {
        Pass.current().atEnd(() -> gate.resume(reason));
    }
}
