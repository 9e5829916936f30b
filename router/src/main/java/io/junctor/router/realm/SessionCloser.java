package io.junctor.router.realm;

import io.junctor.router.broker.Broker;
import io.junctor.router.connection.ClientConnections;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Goodbye;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the sessions of a realm (section "Session Closing"). Confined to the realm's turn. */
final class SessionCloser {
    private final RouterContext context;
    private final Turnstile turnstile;
    private final Broker broker;
    private final Dealer dealer;
    private final IdTable<JoinedSession> members;
    private final Runnable emptied;
    /** The reason why no client may join any more; null while clients may join. */
    private @Nullable JoinRefused closing;

    /** Ends sessions of {@code members}; {@code emptied} runs in the turn when the last session has ended. */
    SessionCloser(
            RouterContext context,
            Turnstile turnstile,
            Broker broker,
            Dealer dealer,
            IdTable<JoinedSession> members,
            Runnable emptied) {
        this.context = context;
        this.turnstile = turnstile;
        this.broker = broker;
        this.dealer = dealer;
        this.members = members;
        this.emptied = emptied;
    }

    /** The reason why no client may join any more; null while clients may join. */
    @InTurn
    @Nullable
    JoinRefused closing() {
        return closing;
    }

    /** Ends the session of a client that sent GOODBYE; the router answers with GOODBYE (section "Session Closing"). */
    @InTurn
    void goodbye(JoinedSession from) {
        remove(from, true, () -> from.connection().answerGoodbye(closing == ClientConnections.SHUTS_DOWN));
    }

    /** Ends the session of a client that sent ABORT; the router does not answer (section "Session Establishment"). */
    @InTurn
    void abort(JoinedSession from) {
        remove(from, true, () -> from.connection().close(CloseStatus.NORMAL));
    }

    /** Ends a session that broke the protocol, after its long work; does nothing if it has ended. */
    @InTurn
    void violate(JoinedSession from, String problem) {
        if (from.session().isOpen() && !from.session().defers(0, () -> violate(from, problem))) {
            remove(from, true, () -> from.connection().abort(problem));
        }
    }

    /** Ends a session whose transport is lost, after its long work; does nothing if it has ended. */
    @InTurn
    void leave(JoinedSession from) {
        if (from.session().isOpen() && !from.session().defers(0, () -> leave(from))) {
            remove(from, true, () -> {});
        }
    }

    /**
     * Ends a session: it gets no more messages, and its open calls are answered. Its subscriptions and registrations are removed in
     * slices; then {@code after} runs. Its testaments and {@code wamp.session.on_leave} are published only if {@code published}.
     */
    @InTurn
    void remove(JoinedSession from, boolean published, Runnable after) {
        Session session = from.session();
        session.markLeft();
        members.remove(session.id());
        from.connection().left();
        broker.onLeave(
                session,
                () -> dealer.onLeave(session, () -> broker.onEnd(session, published, () -> removed(from, after))));
    }

    @InTurn
    private void removed(JoinedSession from, Runnable after) {
        Session session = from.session();
        if (members.size() == 0) {
            emptied.run();
        }
        context.sessionIds().free(session.id());
        from.connection().flowControl().counters().increment(TransportCounter.SESSIONS_LEFT);
        after.run();
    }

    /** Ends sessions by the meta API, in slices; {@code wamp.session.on_leave} is published for each if {@code published}. */
    @InTurn
    void kill(Session by, List<JoinedSession> targets, Goodbye goodbye, boolean published) {
        turnstile.slices().forEach(targets, target -> kill(by, target, goodbye, published), () -> {});
    }

    @InTurn
    private void kill(Session by, JoinedSession target, Goodbye goodbye, boolean published) {
        if (target.session().isOpen()) {
            end(target, goodbye, published);
            context.audit(() -> SessionAudit.killed(target.realm().config().name(), target.session(), by, goodbye));
        }
    }

    /** Ends a session that the configuration no longer admits; does nothing if it has ended. */
    @InTurn
    void dismiss(JoinedSession target, JoinRefused reason) {
        if (target.session().isOpen()) {
            end(target, new Goodbye(reason.closeDetails(), reason.reason()), true);
            context.audit(() -> SessionAudit.dismissed(target.realm().config().name(), target.session(), reason));
        }
    }

    /** Sends {@code GOODBYE}. The client may answer, and join again, while its subscriptions and registrations are still being removed. */
    @InTurn
    private void end(JoinedSession target, Goodbye goodbye, boolean published) {
        remove(target, published, () -> {});
        target.connection().sendGoodbye(goodbye);
    }

    /**
     * Ends the sessions without an open call, because the router shuts down; no client may join any more. {@code after} runs when these
     * sessions have ended.
     */
    @InTurn
    void drain(Runnable after) {
        closing = ClientConnections.SHUTS_DOWN;
        turnstile.slices().forEach(members.copy(), this::drain, after);
    }

    @InTurn
    private void drain(JoinedSession member) {
        if (member.session().isOpen() && !dealer.hasOpenCalls(member.session())) {
            endByShutdown(member, () -> {});
        }
    }

    /**
     * Ends a session at shutdown. If other routers share the realm, its testaments and its end are published for them; otherwise all
     * subscribers are leaving, too.
     */
    @InTurn
    private void endByShutdown(JoinedSession member, Runnable after) {
        remove(member, broker.isShared(), after);
        member.connection().endByShutdown();
    }

    /** Ends all sessions, because the router shuts down; no client may join any more. {@code after} runs when all sessions have ended. */
    @InTurn
    void shutDown(Runnable after) {
        closing = ClientConnections.SHUTS_DOWN;
        int[] pending = {1};
        Runnable ended = () -> {
            pending[0]--;
            if (pending[0] == 0) {
                after.run();
            }
        };
        turnstile
                .slices()
                .forEach(
                        members.copy(),
                        member -> {
                            if (member.session().isOpen()) {
                                pending[0]++;
                                endByShutdown(member, ended);
                            }
                        },
                        ended);
    }

    /** Ends all sessions of the realm for the same reason; no client may join any more. {@code after} runs when all sessions have ended. */
    @InTurn
    void dismissAll(JoinRefused reason, Runnable after) {
        closing = reason;
        turnstile.slices().forEach(members.copy(), member -> dismiss(member, reason), after);
    }

    /** Lets clients join, or ends all sessions because the router has lost the connection with the other routers of its cluster. */
    @InTurn
    void admit(boolean admits) {
        if (closing == null && !admits) {
            dismissAll(RemoteRealms.ALONE, () -> {});
        } else if (closing == RemoteRealms.ALONE && admits) {
            closing = null;
        }
    }
}
