package io.junctor.router.dealer;

import io.junctor.router.authorization.Grant;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.connection.Outbox.Problem;
import io.junctor.router.match.Patterns;
import io.junctor.router.meta.MetaEvents;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
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
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. Remote procedure calls in one realm (section "Remote Procedure Calls"): registrations, and the way
 * of each message to the call it belongs to.
 */
public final class Dealer {
    private final RealmConfig config;
    private final UriCheck uris;
    private final Counters counters;
    private final Deadlines deadlines;
    private final SessionCallsTable sessions;
    private final RegistrationTable registrations;
    private final OpenCalls calls;
    private final Registrar registrar;

    /** A dealer without registrations; timeouts wait in {@code deadlines}, others hear in {@code events} what is registered. */
    public Dealer(RandomIds ids, RealmConfig config, Counters counters, Deadlines deadlines, MetaEvents events) {
        this.config = config;
        this.uris = new UriCheck(config);
        this.sessions = new SessionCallsTable(config.features().progress());
        this.counters = counters;
        this.deadlines = deadlines;
        this.registrations = new RegistrationTable(ids, deadlines);
        this.calls = new OpenCalls(counters, deadlines, config.limits().waitingCalls());
        this.registrar =
                new Registrar(registrations, new RegistrationEvents(events), calls.placement(), deadlines, counters);
    }

    /** Whether {@code session} is a callee of one of these procedures. */
    @InTurn
    public boolean serves(Session session, Set<Uri> procedures) {
        SessionCalls sessionCalls = procedures.isEmpty() ? null : sessions.find(session.id());
        return sessionCalls != null
                && sessionCalls.registrations.values().stream()
                        .map(callee -> callee.registration)
                        .anyMatch(registration -> procedures.stream()
                                .anyMatch(uri -> Patterns.matches(registration.uri(), registration.match(), uri)));
    }

    /** The procedures of the registration meta API. */
    public Map<String, MetaProcedure> procedures() {
        return new RegistrationProcedures(registrar, registrations, sessions).byUri();
    }

    // ---- Calls.

    /**
     * Invokes the procedure at a callee.
     *
     * @throws ProtocolViolation if the id is that of an open call of this session
     */
    @InTurn
    public void onCall(Session session, Call call, Grant grant) {
        SessionCalls caller = sessions.of(session);
        if (caller.calls.containsKey(call.request())) {
            throw new ProtocolViolation("CALL repeats the request id of an open call");
        }
        counters.increment(Counter.CALLS);
        Registration registration = registrations.best(call.procedure());
        if (registration == null) {
            calls.refuse(session, call.request(), DealerErrors.noSuchProcedure(call.procedure()));
        } else if (caller.calls.size() >= session.limits().pendingCalls()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            calls.refuse(session, call.request(), DealerErrors.TOO_MANY_CALLS);
        } else {
            calls.open(caller, call, grant, registration);
        }
    }

    /**
     * Handles a {@code CALL} that is a later part of a progressive call (section "Progressive Call Invocations"), and notes one that more
     * parts will follow. Of {@code refusal} only one of the arguments counts: the procedure was authorized with the first part.
     *
     * @param isUsed whether the request id is not a new one
     * @return false if {@code call} is a new call
     * @throws ProtocolViolation if the caller did not announce the feature
     */
    @InTurn
    public boolean onLaterPart(Session session, Call call, boolean isUsed, @Nullable Refusal refusal) {
        boolean isAnnounced = session.roles().has(Role.CALLER, Feature.PROGRESSIVE_CALL_INVOCATIONS);
        if (call.options().progress() && !isAnnounced) {
            throw new ProtocolViolation("CALL with progress where progressive_call_invocations is not announced");
        }
        if (isUsed && isAnnounced && isPart(session, call)) {
            if (refusal != null && isOfArguments(refusal)) {
                onInvalidPart(session, call, refusal);
            } else {
                onPart(session, call);
            }
            return true;
        }
        if (call.options().progress()) {
            sessions.of(session).progressiveCallIds.add(call.request());
        }
        return false;
    }

    private static boolean isOfArguments(Refusal refusal) {
        return refusal.error() == WampError.INVALID_PAYLOAD || refusal.error() == WampError.INVALID_ARGUMENT;
    }

    /**
     * Whether {@code call}, whose request id is not a new one, is a later part of a call that is or was open (section "Progressive
     * Call Invocations"). Strict realms look at the id, others believe all callers that make such calls.
     */
    @InTurn
    private boolean isPart(Session session, Call call) {
        SessionCalls caller = sessions.of(session);
        boolean known =
                isStrict() ? caller.progressiveCallIds.contains(call.request()) : !caller.progressiveCallIds.isEmpty();
        return known || caller.calls.containsKey(call.request());
    }

    /**
     * Sends a later part of a call to its callee; does nothing if the call is over.
     *
     * @throws ProtocolViolation if the call is open and expects no more parts; in strict realms also if it names another procedure
     */
    @InTurn
    void onPart(Session session, Call part) {
        PendingCall call = sessions.of(session).calls.get(part.request());
        if (call == null) {
            return;
        }
        boolean same = call.procedure.equals(part.procedure());
        if (!same && isStrict()) {
            throw new ProtocolViolation("CALL goes on with an open call but names another procedure");
        }
        if (same || !call.options.progress()) {
            calls.goOn(call, part);
        }
    }

    /** Ends an open call, a later part of which cannot be passed on. */
    @InTurn
    private void onInvalidPart(Session session, Call part, Refusal refusal) {
        PendingCall call = sessions.of(session).calls.get(part.request());
        if (call != null && call.expectsMoreParts) {
            calls.interruptWithError(call, refusal);
        }
    }

    /** Cancels an open call of this session; does nothing where there is none (section "Call Canceling"). */
    @InTurn
    public void onCancel(Session session, Cancel cancel) {
        PendingCall call = sessions.of(session).calls.get(cancel.request());
        if (call != null && !call.killed) {
            calls.cancel(call, cancel.options().mode());
        }
    }

    /**
     * Returns a result, final or progressive, to its caller.
     *
     * @return false if this session never got such an invocation, and the realm is lenient about it
     * @throws ProtocolViolation if this session never got such an invocation
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

    /** Ends a call whose callee answers with a result that cannot be passed on; otherwise as {@link #onYield}. */
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
     * Answers the failure of an invocation to its caller, error and arguments unchanged; or takes the call to another callee, if
     * this one passes it on.
     *
     * @return false if this session never got such an invocation, and the realm is lenient about it
     * @throws ProtocolViolation if this session never got such an invocation
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

    /** Ends a call whose callee answers with an error that cannot be passed on; otherwise as {@link #onError}. */
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

    /** Registers a procedure or pattern that nobody has registered, or that is shared in the same way. */
    @InTurn
    public void onRegister(Session session, Register register) {
        registrar.register(sessions.of(session), register);
    }

    /** Ends a registration of this session; its open invocations go on. */
    @InTurn
    public void onUnregister(Session session, Unregister unregister) {
        registrar.unregister(sessions.of(session), unregister);
    }

    // ---- What else happens.

    /** An {@code INVOCATION} could not be sent to {@code callee}: its caller gets the error. */
    @InTurn
    public void onUndeliverable(Session callee, Invocation invocation, Problem problem) {
        PendingCall call = sessions.of(callee).invocations.get(invocation.request());
        if (call == null) {
            return;
        }
        Refusal refusal = switch (problem) {
            case UNREPRESENTABLE -> DealerErrors.INVOCATION_UNREPRESENTABLE;
            case TOO_LARGE -> DealerErrors.INVOCATION_TOO_LARGE;
        };
        if (call.hasProgressed) {
            calls.interruptWithError(call, refusal);
        } else {
            calls.endWithError(call, refusal);
        }
    }

    /** The answer to a call could not be sent to {@code caller}: it gets the error instead, unless the call ended with another. */
    @InTurn
    public void onUndeliverableAnswer(Session caller, long request, boolean progress, Problem problem) {
        Refusal refusal = switch (problem) {
            case UNREPRESENTABLE -> DealerErrors.ANSWER_UNREPRESENTABLE;
            case TOO_LARGE -> DealerErrors.ANSWER_TOO_LARGE;
        };
        PendingCall call = progress ? sessions.of(caller).calls.get(request) : null;
        if (call != null) {
            calls.interruptWithError(call, refusal);
        } else if (!progress) {
            calls.refuse(caller, request, refusal);
        }
    }

    /**
     * Ends the registrations and calls of a session that leaves, in slices, then runs {@code after}; callers get their errors, callees are
     * interrupted.
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

    /** The realm ends: no call times out any more. */
    @InTurn
    public void stop() {
        deadlines.stop();
    }

    /** How many registrations exist. */
    @InTurn
    public int registrations() {
        return registrations.size();
    }

    /** How many calls are open. */
    @InTurn
    public int pendingCalls() {
        return sessions.all().stream()
                .mapToInt(sessionCalls -> sessionCalls.calls.size())
                .sum();
    }

    /** Whether request ids are checked strictly, and what goes on with a call too. */
    private boolean isStrict() {
        return config.requestIds() == RequestIdCheck.STRICT;
    }

    /**
     * Whether an invocation that is not open was sent to this callee once, so that whatever the callee still says about it is dropped. An id
     * above the last one sent was not.
     *
     * @throws ProtocolViolation if it was not, unless the realm is lenient
     */
    @InTurn
    private boolean wasSent(SessionCalls callee, long invocation) {
        boolean sent = invocation <= callee.invocationIds.last();
        if (!sent && config.requestIds() != RequestIdCheck.LENIENT) {
            throw new ProtocolViolation("YIELD or ERROR answers an invocation that was never sent");
        }
        return sent;
    }
}
