package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.connection.OutboxListener.Problem;
import io.junctor.router.match.Patterns;
import io.junctor.router.meta.MetaEvents;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes calls, results, errors and cancellations of one realm, and keeps its registrations (section "Remote Procedure
 * Calls"). Confined to the realm's turn.
 */
public final class Dealer {
    private RealmConfig config;
    private UriCheck uris;
    private final RealmCounters counters;
    private final Deadlines deadlines;
    private final SessionCallsTable sessions;
    private final RegistrationTable registrations;
    private final OpenCalls calls;
    private final ProgressiveCalls progressiveCalls;
    private final Registrar registrar;
    private final @Nullable RemoteDealers remote;

    /**
     * Creates a dealer without registrations; timeouts run in {@code deadlines}, events of the meta API are published by {@code events}.
     *
     * @param elsewhere leads to other routers; null if the realm is on this router only
     */
    public Dealer(
            RandomIds ids,
            RealmConfig config,
            RealmCounters counters,
            Deadlines deadlines,
            MetaEvents events,
            RemoteDealers.@Nullable LinkedRouters elsewhere) {
        this.config = config;
        this.uris = new UriCheck(config);
        this.sessions = new SessionCallsTable(config.features().progress());
        this.counters = counters;
        this.deadlines = deadlines;
        this.registrations = new RegistrationTable(ids, deadlines);
        this.calls = new OpenCalls(counters, deadlines, config.limits().waitingCalls());
        this.progressiveCalls = new ProgressiveCalls(sessions, calls, this::isStrict);
        this.registrar =
                new Registrar(registrations, new RegistrationEvents(events), calls.placement(), deadlines, counters);
        this.remote = elsewhere == null
                ? null
                : new RemoteDealers(
                        elsewhere,
                        ids,
                        this,
                        registrar,
                        new RemoteDealers.LocalTables(sessions, registrations, calls, deadlines));
        registrar.share(remote);
    }

    /** The dealers of the same realm on other routers; null if the realm is on this router only. */
    public @Nullable RemoteDealers remote() {
        return remote;
    }

    /** Uses another configuration of the realm. */
    @InTurn
    public void use(RealmConfig other) {
        config = other;
        uris = new UriCheck(other);
        sessions.use(other.features().progress());
        calls.placement().useMaxWaitingCalls(other.limits().waitingCalls());
    }

    /** Called when the limits of {@code session} have changed. */
    @InTurn
    public void onLimits(Session session) {
        sessions.useLimits(session);
    }

    /** Whether {@code session} has registered one of these procedures, or a pattern that matches one. */
    @InTurn
    public boolean serves(Session session, Set<Uri> procedures) {
        SessionCalls sessionCalls = procedures.isEmpty() ? null : sessions.find(session.id());
        return sessionCalls != null
                && sessionCalls.registrations.values().stream()
                        .map(callee -> callee.registration)
                        .anyMatch(registration -> procedures.stream()
                                .anyMatch(uri -> Patterns.matches(registration.uri(), registration.match(), uri)));
    }

    /** The procedures of the registration meta API, and {@code junctor.procedure.list}. */
    public Map<String, MetaProcedure> procedures() {
        return new RegistrationProcedures(registrar, registrations, sessions).byUri();
    }

    // ---- Calls.

    /**
     * Sends an INVOCATION for the call to a callee.
     *
     * @throws ProtocolViolationException if the request id is that of an open call of this session
     */
    @InTurn
    public void onCall(Session session, Call call, SenderDisclosure disclosure) {
        SessionCalls caller = sessions.of(session);
        if (caller.calls.containsKey(call.request())) {
            throw new ProtocolViolationException("CALL repeats the request id of an open call");
        }
        counters.increment(Counter.CALLS);
        Registration registration = registrations.best(call.procedure());
        if (registration == null && remote != null) {
            remote.awaitCallees(
                    session, call, () -> open(caller, call, disclosure, registrations.best(call.procedure())));
        } else if (remote != null && registration != null && !registration.isShared() && remote.mustWait()) {
            remote.awaitExclusive(
                    session,
                    () -> open(caller, call, disclosure, registrations.best(call.procedure())),
                    () -> calls.refuse(
                            session,
                            call.request(),
                            DealerErrors.ALONE.about(call.procedure().text())));
        } else {
            open(caller, call, disclosure, registration);
        }
    }

    @InTurn
    private void open(
            SessionCalls caller, Call call, SenderDisclosure disclosure, @Nullable Registration registration) {
        Session session = caller.session;
        if (registration == null) {
            calls.refuse(session, call.request(), DealerErrors.noSuchProcedure(call.procedure()));
        } else if (caller.calls.size() >= caller.maxCalls) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            calls.refuse(session, call.request(), DealerErrors.tooManyCalls(session.limits()));
        } else {
            calls.open(caller, call, disclosure, registration);
        }
    }

    /**
     * Handles a {@code CALL} that continues a progressive call (section "Progressive Call Invocations"), and remembers one that begins such
     * a call. The procedure was authorized with the first CALL, so {@code refusal} has an effect only if it concerns the arguments.
     *
     * @param isUsed whether the request id was used before
     * @return false if {@code call} is a new call
     * @throws ProtocolViolationException if the caller did not announce the feature
     */
    @InTurn
    public boolean onLaterPart(Session session, Call call, boolean isUsed, @Nullable Refusal refusal) {
        return (isUsed || call.options().progress()) && progressiveCalls.onLaterPart(session, call, isUsed, refusal);
    }

    /** Passes a further CALL of a progressive call to the callee, as {@link #onLaterPart} does. */
    @InTurn
    void onPart(Session session, Call part) {
        progressiveCalls.onPart(session, part);
    }

    /** The registration to which calls of {@code procedure} go, or null. */
    @InTurn
    @Nullable
    Registration registration(Uri procedure) {
        return registrations.best(procedure);
    }

    /** Cancels an open call of this session; does nothing if it is not open (section "Call Canceling"). */
    @InTurn
    public void onCancel(Session session, Cancel cancel) {
        PendingCall call = sessions.of(session).calls.get(cancel.request());
        if (call != null && !call.killed) {
            calls.cancel(call, cancel.options().mode());
        }
    }

    /**
     * Passes a result, final or progressive, to the caller.
     *
     * @return false if this session never received such an invocation and the realm is lenient
     * @throws ProtocolViolationException if this session never received such an invocation, unless the realm is lenient
     */
    @InTurn
    public boolean onYield(Session session, Yield yield) {
        SessionCalls callee = sessions.of(session);
        PendingCall call = callee.invocations.get(yield.request());
        if (call != null) {
            calls.onYield(call, yield);
        } else if (yield.options().progress()) {
            calls.onProgressWithoutCall(callee, yield.request());
        } else {
            callee.removeUninterrupted(yield.request());
        }
        return call != null || wasSent(callee, yield.request());
    }

    /** Ends a call whose result cannot be passed on: the caller gets {@code refusal}. Returns and throws as {@link #onYield} does. */
    @InTurn
    public boolean onInvalidYield(Session session, Yield yield, Refusal refusal) {
        SessionCalls callee = sessions.of(session);
        PendingCall call = callee.invocations.get(yield.request());
        if (call != null && yield.options().progress()) {
            calls.interruptWithError(call, refusal);
        } else if (call != null) {
            calls.endWithError(call, refusal);
        }
        return call != null || wasSent(callee, yield.request());
    }

    /**
     * Passes an error, with its URI and arguments unchanged, to the caller; or sends the call to another callee if the error re-routes the
     * call.
     *
     * @return false if this session never received such an invocation and the realm is lenient
     * @throws ProtocolViolationException if this session never received such an invocation, unless the realm is lenient
     */
    @InTurn
    public boolean onError(Session session, ErrorMessage error) {
        SessionCalls callee = sessions.of(session);
        PendingCall call = callee.invocations.get(error.request());
        if (call == null) {
            callee.removeUninterrupted(error.request());
            return wasSent(callee, error.request());
        }
        if (!calls.rerouted(call, error)) {
            Refusal badUri = uris.refusal(error.error(), MatchPolicy.EXACT);
            if (badUri == null) {
                calls.onError(call, error);
            } else {
                counters.increment(Counter.REQUESTS_WITH_INVALID_URI);
                calls.endWithError(call, badUri);
            }
        }
        return true;
    }

    /** Ends a call whose error cannot be passed on: the caller gets {@code refusal}. Returns and throws as {@link #onError} does. */
    @InTurn
    public boolean onInvalidError(Session session, ErrorMessage error, Refusal refusal) {
        SessionCalls callee = sessions.of(session);
        PendingCall call = callee.invocations.get(error.request());
        if (call != null) {
            calls.endWithError(call, refusal);
        }
        return call != null || wasSent(callee, error.request());
    }

    // ---- Registrations.

    /** Registers a procedure or pattern that no session has registered, or that is shared with the same options. */
    @InTurn
    public void onRegister(Session session, Register register) {
        if (remote != null && remote.mustWait()) {
            remote.awaitExclusive(
                    session,
                    () -> registrar.register(sessions.of(session), register),
                    () -> session.refuse(
                            DealerErrors.ALONE.about(register.procedure().text()), Register.CODE, register.request()));
        } else {
            registrar.register(sessions.of(session), register);
        }
    }

    /** Removes this session from a registration; its open invocations continue. */
    @InTurn
    public void onUnregister(Session session, Unregister unregister) {
        registrar.unregister(sessions.of(session), unregister);
    }

    /** Whether the session has an open call, as caller or as callee. */
    @InTurn
    public boolean hasOpenCalls(Session session) {
        return sessions.hasOpenCalls(session);
    }

    /** The permissions that a session needs for its registrations, one for each. */
    @InTurn
    public List<PermissionQuery> held(Session session) {
        return sessions.held(session);
    }

    // ---- Failed deliveries, leaving sessions, counts.

    /** Ends a call whose {@code INVOCATION} could not be sent to {@code callee}. */
    @InTurn
    public void onUndeliverable(Session callee, Invocation invocation, Problem problem) {
        PendingCall call = sessions.of(callee).invocations.get(invocation.request());
        if (call == null) {
            return;
        }
        Refusal refusal = DealerErrors.undeliverableCall(problem);
        if (call.hasProgressed) {
            calls.interruptWithError(call, refusal);
        } else {
            calls.endWithError(call, refusal);
        }
    }

    /**
     * Sends an error instead of an answer that could not be sent to {@code caller}. Does nothing if the call has ended
     * with another answer.
     */
    @InTurn
    public void onUndeliverableAnswer(Session caller, long request, boolean progress, Problem problem) {
        Refusal refusal = DealerErrors.undeliverableAnswer(problem);
        PendingCall call = progress ? sessions.of(caller).calls.get(request) : null;
        if (call != null) {
            calls.interruptWithError(call, refusal);
        } else if (!progress) {
            calls.refuse(caller, request, refusal);
        }
    }

    /**
     * Ends the registrations and calls of a session that leaves, in slices, then runs {@code after}. Callers receive
     * errors, callees are interrupted.
     */
    @InTurn
    public void onLeave(Session session, Runnable after) {
        SessionCalls sessionCalls = sessions.remove(session);
        if (sessionCalls == null) {
            after.run();
            return;
        }
        registrar.removeAll(
                sessionCalls,
                () -> calls.onCallerGone(
                        sessionCalls,
                        () -> calls.onCalleeGone(
                                sessionCalls, () -> registrar.retryWaitingRequests(sessionCalls, after))));
    }

    /** Stops all timeouts, because the realm closes. */
    @InTurn
    public void stop() {
        deadlines.stop();
    }

    /** Called once a second: asks other routers about messages that may be lost. */
    @InTurn
    public void onSecond() {
        if (remote != null) {
            remote.onSecond();
        }
    }

    /** The number of registrations. */
    @InTurn
    public int registrations() {
        return registrations.size();
    }

    /** The number of open calls. */
    @InTurn
    public int pendingCalls() {
        return calls.size();
    }

    /** Whether the realm checks request ids and progressive calls strictly. */
    private boolean isStrict() {
        return config.requestIds() == RequestIdCheck.STRICT;
    }

    /**
     * Whether this invocation, which is not open, was sent to this callee before; if so, an answer to it is dropped. An id above the last
     * invocation id was never sent.
     *
     * @throws ProtocolViolationException if it was never sent, unless the realm is lenient
     */
    @InTurn
    private boolean wasSent(SessionCalls callee, long invocation) {
        boolean sent = invocation <= callee.invocationIds.last();
        if (!sent && config.requestIds() != RequestIdCheck.LENIENT) {
            throw new ProtocolViolationException("YIELD or ERROR answers an invocation that was never sent");
        }
        return sent;
    }
}
