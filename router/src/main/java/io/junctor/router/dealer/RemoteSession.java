package io.junctor.router.dealer;

import io.junctor.router.cluster.DirectMessageSender;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.connection.DirectSink;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Represents a session of another router as a callee on this router, while it has calls. Messages for the session go to its router, which
 * returns the answers of the client. Confined to the realm's turn.
 */
final class RemoteSession implements DirectSink, FlowControl {
    final Session session;
    final long router;
    private final DirectMessageSender messages;
    private final LongPredicate isShared;
    final SessionCalls calls;
    /** The actions that run when its client has answered a ping. */
    private @Nullable List<Runnable> probes;

    private boolean isSilent;

    /**
     * Creates a session that represents {@code callee}.
     *
     * @param isShared whether a registration may have other callees
     * @param newCalls creates the entry of the session
     */
    RemoteSession(
            SharedCallee callee,
            Session.Bounds bounds,
            DirectMessageSender messages,
            LongPredicate isShared,
            Function<Session, SessionCalls> newCalls) {
        this.router = callee.router();
        this.messages = messages;
        this.isShared = isShared;
        this.session = new Session(callee.session(), callee.common().identity(), callee.roles(), bounds, this, this);
        this.calls = newCalls.apply(session);
    }

    /** Whether this session can be forgotten until the next call without loss of information. */
    @InTurn
    boolean isIdle() {
        return calls.invocations.isEmpty() && calls.probe == null && probes == null;
    }

    @InTurn
    @Override
    public void append(FromRouter message, Payload payload) {
        boolean mayGoElsewhere = message instanceof Invocation invocation && isShared.test(invocation.registration());
        messages.toCallee(router, session.id(), message, mayGoElsewhere);
    }

    @InTurn
    @Override
    public void onProbe(Runnable answered) {
        probes = probes == null ? new ArrayList<>(1) : probes;
        probes.add(answered);
        calls.isBusyElsewhere = false;
        messages.signal(router, session.id(), LivenessSignal.PROBE);
    }

    /** Handles the answer of its router: its client is alive, or it has open invocations. */
    @InTurn
    void onProbed(LivenessSignal answer) {
        if (answer == LivenessSignal.BUSY) {
            calls.isBusyElsewhere = true;
        } else {
            onAlive();
        }
    }

    /**
     * Asks its router again about its client, and about the invocations that were already open at the previous question, because a message
     * may be lost. Called every few seconds.
     */
    @InTurn
    void askAgain() {
        ask(call -> call.isOld);
    }

    /** Asks its router again about its client, and about all its open invocations. */
    @InTurn
    void ask() {
        ask(call -> true);
    }

    @InTurn
    private void ask(Predicate<PendingCall> isAsked) {
        if (probes != null) {
            messages.signal(router, session.id(), isSilent ? LivenessSignal.SILENT : LivenessSignal.PROBE);
        }
        for (PendingCall call : calls.invocations.values()) {
            if (isAsked.test(call)) {
                session.reply(new Interrupt(call.invocation, RemoteCaller.IS_OPEN), Payload.NONE);
            }
            call.isOld = true;
        }
    }

    @InTurn
    private void onAlive() {
        isSilent = false;
        List<Runnable> answered = probes;
        probes = null;
        if (answered != null) {
            answered.forEach(Runnable::run);
        }
    }

    @InTurn
    @Override
    public void onSilent() {
        isSilent = true;
        messages.signal(router, session.id(), LivenessSignal.SILENT);
    }
}
