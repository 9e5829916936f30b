package io.junctor.router.realm;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Outbox;
import io.junctor.router.session.ReadingGate;
import io.junctor.router.session.ReadingGate.Reason;
import io.junctor.router.session.Session;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Ending;
import io.junctor.router.transport.Receiver;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
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
final class Link implements Receiver, Outbox.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    /** How long a client may take to answer our {@code GOODBYE}. */
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(5);

    private enum State {
        /** No session: {@code HELLO} is due. */
        CLOSED,
        /** {@code HELLO} came, its answer is being made; reading pauses. */
        JOINING,
        /** {@code WELCOME} is queued. */
        ESTABLISHED,
        /** We said {@code GOODBYE} and wait for the answer. */
        SHUTTING_DOWN,
        /** The transport is to go or gone; whatever comes is ignored. */
        FAILED
    }

    private final Realms realms;
    private final Surroundings surroundings;
    private final Connection connection;
    private final Codec codec;
    private final Outbox outbox;
    private final ReadingGate gate;
    private final Brakes brakes;
    private final StallWatch stallWatch;
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);

    /** Written in the turn, read by the reader and by whoever finds the transport gone. */
    private volatile @Nullable Member member;
    /** The hello or goodbye timer; moved on by whoever moves {@code state} on. */
    private volatile Timers.@Nullable Timer timer;

    Link(Realms realms, Surroundings surroundings, Connection connection, Codecs codecs) {
        this.realms = realms;
        this.surroundings = surroundings;
        this.connection = connection;
        this.codec = codecs.of(connection.serializer());
        this.outbox = new Outbox(connection, codecs, surroundings.counters(), this);
        this.gate = new ReadingGate(connection);
        this.brakes = new Brakes(connection, outbox, gate, surroundings);
        this.stallWatch = new StallWatch(connection, outbox, surroundings.counters());
    }

    /** Begins to read and waits for {@code HELLO} only so long. */
    void start() {
        awaitHello();
        gate.next();
    }

    Outbox outbox() {
        return outbox;
    }

    Brakes brakes() {
        return brakes;
    }

    StallWatch stallWatch() {
        return stallWatch;
    }

    // ---- what the transport brings

    @Override
    public void onMessage(byte[] message) {
        try (Pass pass = Pass.open()) {
            counters().increment(Counter.MESSAGES_RECEIVED);
            receive(message);
            gate.next();
        }
    }

    private void receive(byte[] bytes) {
        if (state.get() == State.FAILED) {
            return;
        }
        FromClient message;
        try {
            message = codec.decodeFromClient(bytes);
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
        current.realm().submit(current, message);
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
            State before = state.getAndSet(State.FAILED);
            cancelTimer();
            LOG.debug("{} closed while {}: {}", connection.peer(), before, cause);
            Member current = member;
            if (current != null) {
                current.realm().submitLeave(current);
            }
            realms.forget(this);
        }
    }

    // ---- before WELCOME and after the session: the reading thread

    private void beforeSession(FromClient message) {
        if (state.get() != State.CLOSED) {
            afterLeave(message);
        } else if (message instanceof Hello hello) {
            onHello(hello);
        } else if (message instanceof Abort) {
            endTransport(State.CLOSED, Ending.NORMAL);
        } else {
            onViolation("the first message must be HELLO, not the message with code " + message.code());
        }
    }

    private void onHello(Hello hello) {
        if (!state.compareAndSet(State.CLOSED, State.JOINING)) {
            return;
        }
        cancelTimer();
        gate.pause(Reason.HANDSHAKE);
        switch (realms.admit(hello)) {
            case Admission.Admitted admitted ->
                admitted.realm().join(this, hello.details().roles(), admitted.role());
            case Admission.Refused refused -> refuse(refused.error(), refused.text());
        }
    }

    private void onViolation(String problem) {
        Member current = member;
        if (current != null) {
            current.realm().submitViolation(current, problem);
        } else if (state.compareAndSet(State.CLOSED, State.FAILED)
                || state.compareAndSet(State.SHUTTING_DOWN, State.FAILED)) {
            sendViolation(problem);
        }
    }

    /** Answers {@code HELLO} by {@code ABORT} and closes the transport. */
    void refuse(WampError error, String text) {
        if (state.compareAndSet(State.JOINING, State.FAILED)) {
            counters().increment(Counter.JOINS_REFUSED);
            LOG.info("{} refused: {} ({})", connection.peer(), error.uri(), text);
            send(new Abort(CloseDetails.message(text), error.uri(), Payload.NONE));
            closeOutbox(Ending.NORMAL);
        }
    }

    // ---- from WELCOME to the end of the session: the turn

    /** Opens the session, unless the client is gone again. */
    @InTurn
    void welcome(Member joined) {
        member = joined;
        if (!state.compareAndSet(State.JOINING, State.ESTABLISHED)) {
            joined.realm().submitLeave(joined);
            return;
        }
        connection.maxMessageBytes(connection.limits().messageBytes());
        Session session = joined.session();
        WelcomeDetails details = new WelcomeDetails(
                joined.realm().announced(),
                joined.realm().config().name(),
                session.identity(),
                Dict.EMPTY,
                Announced.AGENT,
                Dict.EMPTY);
        send(new Welcome(session.id(), details));
        resumeLater(Reason.HANDSHAKE);
    }

    /** The session has ended; what to say about it is up to the caller. */
    @InTurn
    void left() {
        member = null;
    }

    /** Answers the client's {@code GOODBYE}; the transport stays for another session, unless the router shuts down. */
    @InTurn
    void answerGoodbye(boolean shuttingDown) {
        send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        if (shuttingDown) {
            endTransport(State.ESTABLISHED, Ending.SHUTDOWN);
        } else {
            reopen(State.ESTABLISHED);
        }
    }

    /** Says goodbye of the router's own wish and waits for the answer. */
    @InTurn
    void sayGoodbye(Goodbye goodbye) {
        if (state.compareAndSet(State.ESTABLISHED, State.SHUTTING_DOWN)) {
            send(goodbye);
            timer = surroundings.timers().after(GOODBYE_TIMEOUT, this::onGoodbyeTimeout);
        }
    }

    /** Ends a session that broke the protocol. */
    @InTurn
    void abort(String problem) {
        if (state.compareAndSet(State.ESTABLISHED, State.FAILED)) {
            sendViolation(problem);
        }
    }

    /** Closes the transport after what is queued. */
    @InTurn
    void close(Ending how) {
        endTransport(State.ESTABLISHED, how);
    }

    /** A message that came after the end of the session: only the answer to our {@code GOODBYE} means anything. */
    void afterLeave(FromClient message) {
        if (message instanceof Goodbye) {
            cancelTimer();
            if (realms.isClosing()) {
                endTransport(State.SHUTTING_DOWN, Ending.SHUTDOWN);
            } else {
                reopen(State.SHUTTING_DOWN);
            }
        } else if (message instanceof Abort) {
            endTransport(State.SHUTTING_DOWN, Ending.NORMAL);
        }
    }

    // ---- what the outbox tells

    @Override
    public void onUndeliverable(FromRouter message, Outbox.Problem problem) {
        Member current = member;
        if (current != null) {
            current.realm().submitUndeliverable(current, message, problem);
        }
    }

    @Override
    public void onDrained() {
        gate.resume(Reason.ANSWERS);
    }

    @Override
    public void onSlow() {
        realms.watch(this);
    }

    // ---- timers

    private void awaitHello() {
        ListenerLimits limits = connection.limits();
        timer = surroundings.timers().after(limits.helloTimeout(), this::onHelloTimeout);
    }

    private void onHelloTimeout() {
        if (state.compareAndSet(State.CLOSED, State.FAILED)) {
            counters().increment(Counter.HANDSHAKES_TIMED_OUT);
            try (Pass pass = Pass.open()) {
                closeOutbox(Ending.POLICY);
            }
        }
    }

    private void onGoodbyeTimeout() {
        if (state.compareAndSet(State.SHUTTING_DOWN, State.FAILED)) {
            connection.drop();
        }
    }

    /** The router goes: a transport that waits for {@code HELLO} is told so and closes. */
    void shutDown() {
        if (state.compareAndSet(State.CLOSED, State.FAILED)) {
            try (Pass pass = Pass.open()) {
                send(new Abort(
                        CloseDetails.message("the router shuts down"), WampError.SYSTEM_SHUTDOWN.uri(), Payload.NONE));
                closeOutbox(Ending.SHUTDOWN);
            }
        }
    }

    /** Drops the transport at once. */
    void drop() {
        connection.drop();
    }

    // ---- pieces

    private void reopen(State from) {
        connection.maxMessageBytes(ListenerLimits.HANDSHAKE_BYTES);
        awaitHello();
        if (!state.compareAndSet(from, State.CLOSED)) {
            cancelTimer();
        }
        resumeLater(Reason.HANDSHAKE);
    }

    private void endTransport(State from, Ending how) {
        if (state.compareAndSet(from, State.FAILED)) {
            closeOutbox(how);
        }
    }

    /** Closes the transport after what is queued; reading goes on, as the peer's side of the closing must be read. */
    private void closeOutbox(Ending how) {
        cancelTimer();
        outbox.close(how);
        resumeLater(Reason.HANDSHAKE);
    }

    private void sendViolation(String problem) {
        counters().increment(Counter.PROTOCOL_VIOLATIONS);
        // Client libraries tend to keep the reason of an ABORT to themselves.
        surroundings.workers().execute(() -> LOG.info("{} broke the protocol: {}", connection.peer(), problem));
        send(new Abort(CloseDetails.message(problem), WampError.PROTOCOL_VIOLATION.uri(), Payload.NONE));
        closeOutbox(Ending.VIOLATION);
    }

    private void send(FromRouter message) {
        outbox.append(message, Payload.NONE);
    }

    /** Demands nothing in the turn: what is demanded may come at once. */
    private void resumeLater(Reason reason) {
        Pass.current().atEnd(() -> gate.resume(reason));
    }

    private void cancelTimer() {
        Timers.Timer due = timer;
        if (due != null) {
            timer = null;
            due.cancel();
        }
    }

    private Counters counters() {
        return surroundings.counters();
    }
}
