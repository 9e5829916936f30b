package io.junctor.router.realm;

import io.junctor.router.connection.Connection;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.ReadingGate;
import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.OperationSource;
import io.junctor.router.turn.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe for use by many threads. What slows a client down or ends it when it sends more or takes less than it may: the
 * mailbox has no room for it, its own answers pile up, its publication takes several turns.
 */
final class FlowControl extends OperationSource implements Session.Exit {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final Connection connection;
    private final Outbox outbox;
    private final ReadingGate gate;
    private final RouterContext surroundings;
    /** Of the turn. */
    private boolean toldUnknownAnswer;

    private final LogRateLimits paces;

    FlowControl(
            Connection connection, Outbox outbox, ReadingGate gate, RouterContext surroundings, LogRateLimits paces) {
        this.paces = paces;
        this.connection = connection;
        this.outbox = outbox;
        this.gate = gate;
        this.surroundings = surroundings;
    }

    @Override
    protected void onPark() {
        surroundings.counters().increment(Counter.MAILBOX_PARKED);
        gate.pause(Reason.MAILBOX);
    }

    @Override
    protected void onRoom() {
        gate.resume(Reason.MAILBOX);
    }

    @InTurn
    @Override
    public void onOverflow() {
        surroundings.counters().increment(Counter.SESSIONS_OVERFLOWED);
        logLater("{} ended: it does not take what it is sent (outbox_bytes, outbox_messages)");
        surroundings.workers().execute(connection::drop);
    }

    @InTurn
    @Override
    public void onProbe(Runnable answered) {
        // Nothing is written in the turn.
        Pass.current().atEnd(() -> connection.probe(answered));
    }

    @Override
    public long pongWaitMillis() {
        return connection.limits().pongWait().toMillis();
    }

    @InTurn
    @Override
    public void onSilent() {
        surroundings.counters().increment(Counter.PONGS_MISSED);
        logLater("{} ended: it gave no sign of life while another wants to register its procedure");
        surroundings.workers().execute(connection::drop);
    }

    @InTurn
    @Override
    public void onDropping() {
        logLater("{} loses events: it does not take what it is sent (outbox_bytes, outbox_messages)");
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
        // Demands nothing in the turn: what is demanded may come at once.
        Pass.current().atEnd(() -> gate.resume(Reason.LONG_WORK));
    }

    /** An authorizer has to decide about what was read last. */
    void onDecision() {
        gate.pause(Reason.DECISION);
    }

    /** It has, and what was read last goes its way. */
    void onDecisionDone() {
        Pass.current().atEnd(() -> gate.resume(Reason.DECISION));
    }

    /** The client's request ids have gaps or go back; told once per session. */
    @InTurn
    void onIdsOutOfOrder() {
        logLater("{} does not count its request ids by one, as the specification wants it (request_ids: lenient)");
    }

    /** The client answered an invocation that it was never sent; told once per session. */
    @InTurn
    void onUnknownAnswer() {
        if (!toldUnknownAnswer) {
            toldUnknownAnswer = true;
            logLater("{} answers an invocation that its session was never sent: dropped (request_ids: lenient)");
        }
    }

    /** Whether a line that this client causes is written to the audit log. */
    boolean mayAudit() {
        return paces.audits(connection.address());
    }

    /** Logs {@code text} with the client in place of {@code {}}; nothing is logged in the turn, and of one address not too much. */
    void logLater(String text) {
        if (paces.log().admits(connection.address())) {
            surroundings.workers().execute(() -> LOG.info(text, connection.peer()));
        }
    }
}
