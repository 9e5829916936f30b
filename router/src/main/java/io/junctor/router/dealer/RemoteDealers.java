package io.junctor.router.dealer;

import io.junctor.router.cluster.DirectMessageSender;
import io.junctor.router.cluster.ExclusiveRequests;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.WaitingMessages;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.RequestIds;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects the dealer with the dealers of the same realm on other routers. A callee of another router, while it has calls, is represented
 * by a {@link RemoteSession}, which passes messages on to its router. All callers of another router are represented by one
 * {@link RemoteCaller}; their router has selected the callees. A callee is registered when all routers agree. Confined to the realm's turn.
 */
public final class RemoteDealers {
    /**
     * The connection of a dealer with the same realm on other routers.
     *
     * @param link leads to the realm on other routers
     * @param bounds the limits of the sessions that represent sessions of other routers
     */
    public record LinkedRouters(RealmLink link, Session.Bounds bounds) {}

    /** The objects of the local dealer that remote calls and callees use. */
    record LocalTables(
            SessionCallsTable sessions, RegistrationTable registrations, OpenCalls calls, Deadlines deadlines) {}

    private static final int QUESTION_SECONDS = 3;
    /**
     * The minimum time for which a callee must not have answered this router before its session is ended, whatever time the other router
     * has waited.
     */
    private static final long LEAST_SILENCE_NANOS = 1_000_000L * CalleeProbe.SHORT_MILLIS / 2;

    private final RealmLink link;
    private final DirectMessageSender messages;
    private final Session.Bounds bounds;
    private final RandomIds ids;
    private final Dealer dealer;
    private final Registrar registrar;
    private final SessionCallsTable sessions;
    private final RegistrationTable registrations;
    private final OpenCalls calls;
    private final Deadlines deadlines;
    private final ExclusiveRequests exclusive;
    private final Long2ObjectHashMap<RemoteSession> calleeById = new Long2ObjectHashMap<>();
    private final RemoteClaims claims;
    private final AtomicInteger openCalls = new AtomicInteger();
    /**
     * The ids of INVOCATION messages to callees of other routers. All these callees share one sequence, so that no id is used twice for a
     * callee whose session was forgotten in between.
     */
    private final RequestIds invocationIds = new RequestIds();

    private final WaitingMessages waiting = new WaitingMessages();
    private final RemoteInvocations invocations;
    private int seconds;

    RemoteDealers(LinkedRouters elsewhere, RandomIds ids, Dealer dealer, Registrar registrar, LocalTables tables) {
        this.link = elsewhere.link();
        this.messages = new DirectMessageSender(link);
        this.bounds = elsewhere.bounds();
        this.ids = ids;
        this.dealer = dealer;
        this.registrar = registrar;
        this.sessions = tables.sessions();
        this.registrations = tables.registrations();
        this.calls = tables.calls();
        this.deadlines = tables.deadlines();
        this.claims = new RemoteClaims(link, ids, registrar, deadlines, waiting::onClaimEnded);
        this.exclusive = new ExclusiveRequests(link, deadlines);
        this.invocations = new RemoteInvocations(tables, registrar, claims, exclusive, waiting, this::caller);
    }

    // ---- Calls of this router.

    /**
     * Runs {@code next} when this router knows the callees that other routers have for the procedure; later requests of the session wait
     * meanwhile.
     */
    @InTurn
    void awaitCallees(Session session, Call call, Runnable next) {
        session.beginLongWork();
        link.whenCalleesKnown(call.procedure(), () -> inTurn(() -> goOn(session, next)));
    }

    @InTurn
    private void goOn(Session session, Runnable next) {
        messages.begin();
        if (session.isOpen()) {
            next.run();
        }
        if (!pauses(session)) {
            session.endLongWork();
        }
    }

    /** Called when a request of a session begins, which may send messages to other routers. */
    @InTurn
    public void onBegin() {
        messages.begin();
    }

    /** Called when the request has ended. Returns whether the session pauses until a router can take more of its messages. */
    @InTurn
    public boolean pauses(Session session) {
        Long full = messages.end();
        boolean pauses = full != null && session.isOpen();
        if (full != null && pauses) {
            session.beginLongWork();
            link.whenWritable(full, () -> inTurn(session::endLongWork));
        }
        return pauses;
    }

    /** Whether this router must not serve requests that only one router may serve. */
    @InTurn
    boolean mustWait() {
        return exclusive.mustWait();
    }

    /**
     * Runs {@code next} when this router may serve requests that only one router may serve, or {@code otherwise} after a timeout; later
     * requests of the session wait meanwhile.
     */
    @InTurn
    void awaitExclusive(Session session, Runnable next, Runnable otherwise) {
        session.beginLongWork();
        exclusive.await(() -> goOn(session, next), () -> goOn(session, otherwise));
    }

    /** The number of calls at callees of other routers. Any thread may call it. */
    public int openCalls() {
        return openCalls.get();
    }

    // ---- Registrations of this router.

    /** The requests of this router to register callees. */
    @InTurn
    RemoteClaims claims() {
        return claims;
    }

    private void inTurn(Runnable operation) {
        Pass.run(() -> deadlines.soon(operation));
    }

    /** The calls of a callee of another router; created if it has none. */
    @InTurn
    SessionCalls callsOf(SharedCallee callee) {
        return calleeById.computeIfAbsent(
                        callee.session(),
                        id -> new RemoteSession(
                                callee,
                                bounds,
                                messages,
                                registrations::isShared,
                                session -> sessions.addElsewhere(session, invocationIds, openCalls)))
                .calls;
    }

    /** The calls of a callee of another router, or null. */
    @InTurn
    @Nullable
    SessionCalls knownCallsOf(SharedCallee callee) {
        RemoteSession known = calleeById.get(callee.session());
        return known == null ? null : known.calls;
    }

    // ---- Events that the link reports.

    /** Adds a callee on which all routers agree. */
    @InTurn
    public void onAdmitted(SharedCallee shared) {
        if (shared.router() != link.router()) {
            registrar.admit(RegistrationTable.Candidate.of(shared, this), shared);
            return;
        }
        SessionCalls sessionCalls = claims.end(shared.session(), shared.request());
        if (sessionCalls != null && sessionCalls.session.isOpen()) {
            registrar.admit(RegistrationTable.Candidate.of(sessionCalls, shared.register()), shared);
        } else {
            link.release(shared, () -> {});
        }
        waiting.onClaimEnded(shared.session());
    }

    /** Removes a callee of another router, which is no longer registered. */
    @InTurn
    public void onDismissed(SharedCallee shared) {
        Callee callee = registrations.callee(shared.registration(), shared.session());
        if (callee != null && callee.isElsewhere()) {
            registrar.dismiss(callee);
        }
    }

    /** Revokes the registration of a callee of this router, which a callee of another router has replaced. */
    @InTurn
    public void onLost(SharedCallee shared) {
        Callee callee = registrations.callee(shared.registration(), shared.session());
        if (callee != null && !callee.isElsewhere()) {
            registrar.revoke(callee, Registrar.REPLACED);
        }
    }

    /** Forgets the sessions of other routers that have no calls. */
    @InTurn
    private void forgetIdle() {
        List<RemoteSession> idle =
                calleeById.values().stream().filter(RemoteSession::isIdle).toList();
        for (RemoteSession each : idle) {
            calleeById.remove(each.session.id());
            sessions.remove(each.session);
        }
    }

    /** Handles an answer of a callee of another router. */
    @InTurn
    public void onAnswer(long router, long session, FromClient answer) {
        RemoteSession remote = calleeById.get(session);
        if (remote == null || remote.router != router) {
            return;
        }
        try {
            if (answer instanceof Yield yield) {
                dealer.onYield(remote.session, yield);
            } else if (answer instanceof ErrorMessage error) {
                dealer.onError(remote.session, error);
            }
        } catch (ProtocolViolationException unknown) {
            // An answer to an invocation that this router does not know: its call has ended.
        }
    }

    /** Handles an invocation that was returned because no callee of another router has received it. */
    @InTurn
    public void onGivenBack(long router, long session, ErrorMessage error) {
        PendingCall call = givenBack(router, session, error);
        if (call != null && dealer.registration(call.procedure) == null) {
            // A callee that has replaced the former callee may not be known on this router yet.
            link.whenCalleesKnown(
                    call.procedure, () -> inTurn(() -> placeAgain(givenBack(router, session, error), error)));
        } else {
            placeAgain(call, error);
        }
    }

    /** The call of a returned invocation; null if the call has ended. */
    @InTurn
    private @Nullable PendingCall givenBack(long router, long session, ErrorMessage error) {
        RemoteSession remote = calleeById.get(session);
        return remote == null || remote.router != router ? null : remote.calls.invocations.get(error.request());
    }

    @InTurn
    private void placeAgain(@Nullable PendingCall call, ErrorMessage error) {
        if (call != null) {
            calls.placement().onGivenBack(call, DealerErrors.ofGivenBack(error), dealer.registration(call.procedure));
        }
    }

    /** Handles a message of another router for a callee of this router. */
    @InTurn
    public void onMessage(long router, long session, FromRouter message) {
        invocations.onMessage(router, session, message);
    }

    @InTurn
    private RemoteCaller caller(long router) {
        return new RemoteCaller(router, ids.next(), bounds, messages);
    }

    /** Handles a signal of another router about a callee. */
    @InTurn
    public void onSignal(long router, long session, LivenessSignal signal) {
        RemoteSession remote = calleeById.get(session);
        SessionCalls own = remote == null ? sessions.find(session) : null;
        switch (signal) {
            case PROBE -> {
                if (own != null && own.isBusy()) {
                    messages.signal(router, session, LivenessSignal.BUSY);
                }
                if (own != null) {
                    own.probedNanos = own.isProbed ? own.probedNanos : deadlines.nanos();
                    own.isProbed = true;
                    own.session.probe(() -> inTurn(() -> onAlive(router, own)));
                }
            }
            case BUSY, ALIVE -> {
                if (remote != null) {
                    remote.onProbed(signal);
                }
            }
            case RECONNECTED -> askAbout(router);
            case SILENT -> {
                if (own != null && !own.isProbed) {
                    // Either the question or the answer was lost.
                    onAlive(router, own);
                } else if (own != null && deadlines.nanos() - own.probedNanos >= LEAST_SILENCE_NANOS) {
                    own.session.endAsSilent();
                }
                // Otherwise the question arrived late, and the other router will ask again.
            }
        }
    }

    @InTurn
    private void onAlive(long router, SessionCalls own) {
        own.isProbed = false;
        messages.signal(router, own.session.id(), LivenessSignal.ALIVE);
    }

    /** Called when the connection is restored: asks the other routers about all messages that may be lost, and makes them ask about theirs. */
    @InTurn
    public void onReconnected() {
        calleeById.values().forEach(RemoteSession::ask);
        invocations.routers().forEach(router -> messages.signal(router, 0, LivenessSignal.RECONNECTED));
    }

    @InTurn
    private void askAbout(long router) {
        calleeById.values().stream().filter(callee -> callee.router == router).forEach(RemoteSession::ask);
    }

    /** Called once a second: asks every few seconds about messages that may be lost. */
    @InTurn
    public void onSecond() {
        seconds = (seconds + 1) % QUESTION_SECONDS;
        if (seconds == 0) {
            calleeById.values().forEach(RemoteSession::askAgain);
            forgetIdle();
        }
    }

    /** Removes the callees and the calls of a router that has left the cluster: its callees will not answer, and its calls need no answer. */
    @InTurn
    public void onGone(long router) {
        RemoteCaller caller = invocations.onGone(router);
        if (caller != null) {
            dealer.onLeave(caller.session, () -> {});
        }
        List<RemoteSession> callees = calleeById.values().stream()
                .filter(callee -> callee.router == router)
                .toList();
        for (RemoteSession callee : callees) {
            callee.session.markLeft();
            calleeById.remove(callee.session.id());
            sessions.remove(callee.session);
        }
        registrar.removeAll(router, () -> callees.forEach(this::endCalls));
    }

    @InTurn
    private void endCalls(RemoteSession gone) {
        calls.onCalleeGone(gone.calls, () -> registrar.retryWaitingRequests(gone.calls, () -> {}));
    }
}
