package io.junctor.router.dealer;

import io.junctor.router.cluster.DirectMessages;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.Signal;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A session of another router as callee on this one: what it gets goes to its router, which sends back what its client answers. Confined
 * to the realm's turn.
 */
final class RemoteSession implements DirectSink, FlowControl {
    final Session session;
    final long router;
    private final DirectMessages messages;
    private final SessionCallsTable sessions;
    /** What waits for a sign of life of its client. */
    private @Nullable List<Runnable> probes;

    private boolean isSilent;

    RemoteSession(SharedCallee callee, Session.Bounds bounds, DirectMessages messages, SessionCallsTable sessions) {
        this.router = callee.router();
        this.messages = messages;
        this.sessions = sessions;
        this.session = new Session(callee.session(), callee.identity(), callee.roles(), bounds, this, this);
    }

    @InTurn
    @Override
    public void append(FromRouter message, Payload payload) {
        boolean mayGoElsewhere =
                message instanceof Invocation invocation && sessions.isShared(session.id(), invocation.registration());
        messages.toCallee(router, session.id(), message, mayGoElsewhere);
    }

    @InTurn
    @Override
    public void onProbe(Runnable answered) {
        probes = probes == null ? new ArrayList<>(1) : probes;
        probes.add(answered);
        onBusy(false);
        messages.signal(router, session.id(), Signal.PROBE);
    }

    /** It has open invocations on its router, or that is not known. */
    @InTurn
    private void onBusy(boolean isBusy) {
        SessionCalls own = sessions.find(session.id());
        if (own != null) {
            own.isBusyElsewhere = isBusy;
        }
    }

    /** Its client is alive, or it has open invocations, as its router says. */
    @InTurn
    void onProbed(Signal answer) {
        if (answer == Signal.BUSY) {
            onBusy(true);
        } else {
            onAlive();
        }
    }

    /**
     * Asks again about its client, and about the invocations that were open the last time too: a message may be lost. Called every few
     * seconds.
     */
    @InTurn
    void askAgain() {
        ask(call -> call.isOld);
    }

    /** Asks again about its client, and about all its open invocations. */
    @InTurn
    void ask() {
        ask(call -> true);
    }

    @InTurn
    private void ask(Predicate<PendingCall> isAsked) {
        if (probes != null) {
            messages.signal(router, session.id(), isSilent ? Signal.SILENT : Signal.PROBE);
        }
        SessionCalls own = sessions.find(session.id());
        if (own == null) {
            return;
        }
        for (PendingCall call : own.invocations.values()) {
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
        messages.signal(router, session.id(), Signal.SILENT);
    }
}
