package io.junctor.router.dealer;

import io.junctor.router.cluster.DirectMessages;
import io.junctor.router.cluster.ExclusiveRequests;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.LivenessSignal;
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
 * The dealers of the same realm on other routers. A callee of another router that has calls is a session here whose messages go to its router;
 * a caller of another router is that router, which has chosen the callee. A callee is registered when all routers agree. Confined to the realm's
 * turn.
 */
public final class RemoteDealers {
    /**
     * How a dealer reaches the same realm on other routers.
     *
     * @param link leads to the realm on other routers
     * @param bounds the limits of the sessions that stand for sessions of other routers
     */
    public record Elsewhere(RealmLink link, Session.Bounds bounds) {}

    /** What the dealers of other routers have to do with here. */
    record Tables(SessionCallsTable sessions, RegistrationTable registrations, OpenCalls calls, Deadlines deadlines) {}

    private static final int QUESTION_SECONDS = 3;
    /** For how long a callee must have been silent here, however long the other router has waited. */
    private static final long LEAST_SILENCE_NANOS = 1_000_000L * CalleeProbe.SHORT_MILLIS / 2;

    private final RealmLink link;
    private final DirectMessages messages;
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
    /** The ids of INVOCATION messages to all callees of other routers: those of one of them, which may be forgotten meanwhile, differ. */
    private final RequestIds invocationIds = new RequestIds();

    private final WaitingMessages waiting = new WaitingMessages();
    private final RemoteInvocations invocations;
    private int seconds;

    RemoteDealers(Elsewhere elsewhere, RandomIds ids, Dealer dealer, Registrar registrar, Tables tables) {
        this.link = elsewhere.link();
        this.messages = new DirectMessages(link);
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

    /** Runs {@code next} when the callees of other routers are known; later requests of the session wait meanwhile. */
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

    /** A request of a session begins, which may send something to other routers. */
    @InTurn
    public void onBegin() {
        messages.begin();
    }

    /** The request is done. Returns whether the session pauses until a router takes more of what it sends. */
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

    /** Whether this router must not serve what only one router may. */
    @InTurn
    boolean mustWait() {
        return exclusive.mustWait();
    }

    /** Runs {@code next} when this router may serve what only one may, or {@code otherwise}; later requests of the session wait meanwhile. */
    @InTurn
    void awaitExclusive(Session session, Runnable next, Runnable otherwise) {
        session.beginLongWork();
        exclusive.await(() -> goOn(session, next), () -> goOn(session, otherwise));
    }

    /** How many calls are with callees of other routers. Any thread may ask. */
    public int openCalls() {
        return openCalls.get();
    }

    // ---- Registrations of this router.

    /** The registrations of this router. */
    @InTurn
    RemoteClaims claims() {
        return claims;
    }

    private void inTurn(Runnable operation) {
        Pass.run(() -> deadlines.soon(operation));
    }

    /** The calls of a callee of another router; made where it has none. */
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

    // ---- What the link tells.

    /** All routers agree that a session is a callee. */
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

    /** A callee of another router is no longer registered. */
    @InTurn
    public void onDismissed(SharedCallee shared) {
        Callee callee = registrations.callee(shared.registration(), shared.session());
        if (callee != null && callee.isElsewhere()) {
            registrar.dismiss(callee);
        }
    }

    /** A callee of this router has lost its procedure to one of another router. */
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

    /** A callee of another router answers. */
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

    /** No callee of another router has got an invocation. */
    @InTurn
    public void onGivenBack(long router, long session, ErrorMessage error) {
        PendingCall call = givenBack(router, session, error);
        if (call != null && dealer.registration(call.procedure) == null) {
            // A callee that replaces the former one may not be known here yet.
            link.whenCalleesKnown(
                    call.procedure, () -> inTurn(() -> placeAgain(givenBack(router, session, error), error)));
        } else {
            placeAgain(call, error);
        }
    }

    /** The call of an invocation that came back; null if it has ended. */
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

    /** Another router sends something to a callee of this one. */
    @InTurn
    public void onMessage(long router, long session, FromRouter message) {
        invocations.onMessage(router, session, message);
    }

    @InTurn
    private RemoteCaller caller(long router) {
        return new RemoteCaller(router, ids.next(), bounds, messages);
    }

    /** Another router signals something about a callee. */
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
                    // The question was lost, or the answer.
                    onAlive(router, own);
                } else if (own != null && deadlines.nanos() - own.probedNanos >= LEAST_SILENCE_NANOS) {
                    own.session.endAsSilent();
                }
                // Else the question came late, and the other router asks again.
            }
        }
    }

    @InTurn
    private void onAlive(long router, SessionCalls own) {
        own.isProbed = false;
        messages.signal(router, own.session.id(), LivenessSignal.ALIVE);
    }

    /** The connection is back: asks the other routers about all that may be lost, and lets them ask. */
    @InTurn
    public void onReconnected() {
        calleeById.values().forEach(RemoteSession::ask);
        invocations.routers().forEach(router -> messages.signal(router, 0, LivenessSignal.RECONNECTED));
    }

    @InTurn
    private void askAbout(long router) {
        calleeById.values().stream().filter(callee -> callee.router == router).forEach(RemoteSession::ask);
    }

    /** A second has passed: asks now and then about what may be lost. */
    @InTurn
    public void onSecond() {
        seconds = (seconds + 1) % QUESTION_SECONDS;
        if (seconds == 0) {
            calleeById.values().forEach(RemoteSession::askAgain);
            forgetIdle();
        }
    }

    /** Another router is gone: its callees answer no more, and its calls need no answer. */
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
