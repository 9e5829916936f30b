package io.junctor.router.connection;

import io.junctor.router.audit.InvalidRequestLog;
import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.OperationSource;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses or ends a client that sends more or receives less than its session allows: if the mailbox has no room for its operations, if its
 * answers pile up, or while its publication takes several turns. Thread-safe.
 */
public final class ClientFlowControl extends OperationSource implements FlowControl, OutboxListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientFlowControl.class);

    private final ClientConnection client;
    private final ClientConnections connections;
    private final Connection transport;
    private final StalledWriteDetector stalledWrites;
    private final Outbox outbox;
    private final ReadingGate gate;
    private final ClientConnections.Context context;
    private final TransportCounters counters;
    /** Null before the first invalid request. Confined to the reading thread. */
    private @Nullable InvalidRequestLog invalidRequests;

    /** Null before the first message that cannot be sent. Confined to the thread that drains the outbox. */
    private @Nullable UndeliverableLog undeliverable;

    // Confined to the turn.
    private boolean loggedUnknownAnswer;
    /** Null before the first refused request. */
    private @Nullable RefusalLogLimit refusals;

    ClientFlowControl(ClientConnection client, ClientConnections connections, ReadingGate gate, Codecs codecs) {
        this.client = client;
        this.connections = connections;
        this.context = connections.context();
        this.transport = client.transport();
        this.counters = context.counters().of(transport.transport());
        this.gate = gate;
        this.outbox = new Outbox(transport, codecs, context.counters(), this, context.budget());
        this.stalledWrites = new StalledWriteDetector(transport, outbox, context.counters());
    }

    /** The counters of the transport by which the client connected. */
    public TransportCounters counters() {
        return counters;
    }

    /** The messages that wait for the client. */
    public Outbox outbox() {
        return outbox;
    }

    /** Finds out whether the transport still takes bytes. Confined to the sweep. */
    StalledWriteDetector stalledWrites() {
        return stalledWrites;
    }

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        client.onUndeliverable(message, problem);
    }

    /** The log of messages that cannot be sent to the client. Confined to the thread that drains the outbox. */
    public UndeliverableLog undeliverable() {
        UndeliverableLog log = undeliverable;
        if (log == null) {
            log = new UndeliverableLog(transport, context.timers(), context.workers());
            undeliverable = log;
        }
        return log;
    }

    /** The log of invalid requests. Confined to the reading thread. */
    public InvalidRequestLog invalidRequests() {
        InvalidRequestLog log = invalidRequests;
        if (log == null) {
            log = new InvalidRequestLog(transport.peer(), context.timers(), context.workers());
            invalidRequests = log;
        }
        return log;
    }

    @Override
    public void onDrained() {
        gate.resume(Reason.ANSWERS);
    }

    @Override
    public void onSlow() {
        connections.addSlow(client);
    }

    @Override
    protected void onPark() {
        context.counters().increment(Counter.MAILBOX_PARKED);
        gate.pause(Reason.MAILBOX);
    }

    @Override
    protected void onRoom() {
        gate.resume(Reason.MAILBOX);
    }

    @InTurn
    @Override
    public void onOverflow() {
        counters.increment(TransportCounter.SESSIONS_OVERFLOWED);
        logLater("{} ended: it does not take what it is sent (outbox_bytes, outbox_messages)");
        context.workers().execute(transport::drop);
    }

    @InTurn
    @Override
    public void onProbe(Runnable answered) {
        // The ping is sent at the end of the pass, because the turn writes to no transport.
        Pass.current().atEnd(() -> transport.probe(answered));
    }

    @Override
    public long pongWaitMillis() {
        return transport.limits().pongWait().toMillis();
    }

    @InTurn
    @Override
    public void onSilent() {
        counters.increment(TransportCounter.PONGS_MISSED);
        logLater("{} ended: it gave no sign of life while another wants to register its procedure");
        context.workers().execute(transport::drop);
    }

    @InTurn
    @Override
    public void onDropping() {
        logLater("{} loses events: it does not take what it is sent (outbox_bytes, outbox_messages)");
    }

    @InTurn
    @Override
    public void onRefused(WampError error, Supplier<RefusedRequest> request) {
        if (refusals == null) {
            refusals = new RefusalLogLimit();
        }
        if (refusals.admits(error, context.timers().nanos())
                && context.logLimits().log().admits(transport.address())) {
            context.workers().execute(() -> log(request.get()));
        }
    }

    @InTurn
    @Override
    public void onAnswersPiledUp(long untilBytes) {
        gate.pause(Reason.ANSWERS);
        outbox.tellWhenBelow(untilBytes);
    }

    @InTurn
    @Override
    public void onLongWork() {
        gate.pause(Reason.LONG_WORK);
    }

    @InTurn
    @Override
    public void onLongWorkDone() {
        // The demand is made at the end of the pass, because the demanded message may arrive during the call.
        Pass.current().atEnd(() -> gate.resume(Reason.LONG_WORK));
    }

    /** Pauses reading, because an authorizer decides about the last message. */
    public void onDecision() {
        gate.pause(Reason.DECISION);
    }

    /** Resumes reading, because the authorizer has decided and the last message is routed. */
    public void onDecisionDone() {
        Pass.current().atEnd(() -> gate.resume(Reason.DECISION));
    }

    /** Logs, once per session, that the client's request ids have gaps or decrease. */
    @InTurn
    public void onIdsOutOfOrder() {
        logLater("{} does not increment its request ids by one, as the specification requires (request_ids: lenient)");
    }

    /** Logs, once per connection, that the client answered an invocation which was never sent to it. */
    @InTurn
    public void onUnknownAnswer() {
        if (!loggedUnknownAnswer) {
            loggedUnknownAnswer = true;
            logLater("{} answered an invocation that its session was never sent: dropped (request_ids: lenient)");
        }
    }

    /** Logs that the transport is closed or lost. */
    void onClosed(SessionState before, String cause) {
        LOG.debug("{} closed while {}: {}", transport.peer(), before, cause);
    }

    /** Logs that {@code HELLO} did not arrive in time. */
    void onLateHello() {
        onLate("HELLO", "hello_timeout", transport.limits().helloTimeout());
    }

    /** Logs that {@code AUTHENTICATE} did not arrive in time. */
    void onLateAuthenticate() {
        onLate("AUTHENTICATE", "auth_timeout", transport.limits().authTimeout());
    }

    /** Logs that a message of the handshake did not arrive within {@code limit}, which the key {@code setting} configures. */
    private void onLate(String message, String setting, Duration limit) {
        counters.increment(TransportCounter.HANDSHAKES_TIMED_OUT);
        logLater("{} closed: it sent no " + message + " within " + limit.toMillis() + " ms (" + setting + ")");
    }

    /** Whether the audit log accepts one more line about this client's address. */
    public boolean mayAudit() {
        return context.logLimits().audits(transport.address());
    }

    /** Logs {@code text} with the client's address in place of {@code {}}, on a worker and within the limit of log lines per address. */
    void logLater(String text) {
        if (context.logLimits().log().admits(transport.address())) {
            context.workers()
                    .execute(
                            () -> ClientLogEntry.of(LOG, transport).entry().log(text, ClientLogEntry.where(transport)));
        }
    }

    private void log(RefusedRequest request) {
        String error = request.error().uri().text();
        ClientLogEntry.of(LOG, transport)
                .session(request.realm(), request.session(), request.identity())
                .entry()
                .addKeyValue("error", error)
                .log(
                        "session {} (authid {}, role {}, {}): {} refused with {}: {}; more with this error in the next minute"
                                + " are not logged",
                        request.session(),
                        request.identity().authid(),
                        request.identity().authrole(),
                        ClientLogEntry.where(transport),
                        request.request(),
                        error,
                        request.text());
    }
}
