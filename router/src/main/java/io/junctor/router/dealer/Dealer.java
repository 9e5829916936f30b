package io.junctor.router.dealer;

import io.junctor.router.access.Grant;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Outbox.Problem;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. Remote procedure calls in one realm (section "Remote Procedure Calls"): registrations, and the way
 * of each message to the call it belongs to.
 */
public final class Dealer {
    private final UriRules uris;
    private final Counters counters;
    private final RegistrationTable registrations;
    private final Calls calls;
    private final Deadlines deadlines;
    private final Long2ObjectHashMap<Party> bySession = new Long2ObjectHashMap<>();

    /** A dealer without registrations; error URIs of callees keep {@code uris}, timeouts wait in {@code deadlines}. */
    public Dealer(RandomIds ids, UriRules uris, Counters counters, Deadlines deadlines) {
        this.uris = uris;
        this.counters = counters;
        this.registrations = new RegistrationTable(ids);
        this.calls = new Calls(counters, deadlines);
        this.deadlines = deadlines;
    }

    /**
     * Answers the failure of an invocation to its caller, error and arguments unchanged; or takes the call to another callee, if
     * this one passes it on.
     *
     * @throws ProtocolViolation if this session never got such an invocation
     */
    @InTurn
    public void onError(Session session, ErrorMessage error) {
        PendingCall call = answered(session, error.request());
        if (call == null) {
            party(session).removeUntold(error.request());
        } else if (!calls.passesOn(call, error)) {
            calls.end(call);
            answer(call, error);
        }
    }

    /**
     * Invokes the procedure at a callee.
     *
     * @throws ProtocolViolation if the id is that of an open call of this session
     */
    @InTurn
    public void onCall(Session session, Call call, Grant grant) {
        Party caller = party(session);
        if (caller.calls.containsKey(call.request())) {
            throw new ProtocolViolation("CALL repeats the request id of an open call");
        }
        counters.increment(Counter.CALLS);
        Registration registration = registrations.best(call.procedure());
        if (registration == null) {
            calls.refuse(session, call.request(), Refusals.NO_PROCEDURE);
        } else if (caller.calls.size() >= session.limits().pendingCalls()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            calls.refuse(session, call.request(), Refusals.TOO_MANY_CALLS);
        } else {
            calls.open(caller, call, grant, registration);
        }
    }

    /** This session makes calls in several parts: request ids that it used before belong to such calls. */
    @InTurn
    public void expectParts(Session session) {
        party(session).callsInParts = true;
    }

    /**
     * Whether {@code call}, whose request id is not a new one, is a later part of a call that is or was open (section "Progressive
     * Call Invocations"): so it is for callers that make such calls.
     */
    @InTurn
    public boolean isPart(Session session, Call call) {
        Party caller = party(session);
        return caller.callsInParts || caller.calls.containsKey(call.request());
    }

    /**
     * Sends a later part of a call to its callee; does nothing if the call is over.
     *
     * @throws ProtocolViolation if the call is open and expects no more parts
     */
    @InTurn
    public void onPart(Session session, Call part) {
        calls.goOn(party(session), part);
    }

    /** Cancels an open call of this session; does nothing where there is none (section "Call Canceling"). */
    @InTurn
    public void onCancel(Session session, Cancel cancel) {
        PendingCall call = party(session).calls.get(cancel.request());
        if (call != null && !call.killed) {
            calls.cancel(call, cancel.options().mode());
        }
    }

    /** Registers a procedure or pattern that nobody has registered, or that is shared in the same way. */
    @InTurn
    public void onRegister(Session session, Register register) {
        Party callee = party(session);
        if (callee.registrations.size() >= session.limits().registrations()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            Refusals.TOO_MANY_REGISTRATIONS.answer(session, Register.CODE, register.request());
            return;
        }
        Refusal refusal = registrations.refusal(callee, register);
        if (refusal != null) {
            refusal.answer(session, Register.CODE, register.request());
        } else {
            session.reply(new Registered(register.request(), registrations.add(callee, register).id));
        }
    }

    /** Ends a registration of this session; its open invocations go on. */
    @InTurn
    public void onUnregister(Session session, Unregister unregister) {
        if (registrations.remove(party(session), unregister.registration())) {
            session.reply(new Unregistered(unregister.request(), null));
        } else {
            Refusals.NO_REGISTRATION.answer(session, Unregister.CODE, unregister.request());
        }
    }

    /**
     * Returns a result, final or progressive, to its caller.
     *
     * @throws ProtocolViolation if this session never got such an invocation
     */
    @InTurn
    public void onYield(Session session, Yield yield) {
        PendingCall call = answered(session, yield.request());
        boolean progress = yield.options().progress();
        if (call != null && progress) {
            calls.progress(call, yield);
        } else if (call != null) {
            calls.complete(call, yield);
        } else if (progress) {
            calls.progressOfNothing(party(session), yield.request());
        } else {
            party(session).removeUntold(yield.request());
        }
    }

    /** An {@code INVOCATION} could not be sent to {@code callee}: its caller gets the error. */
    @InTurn
    public void onUndeliverable(Session callee, Invocation invocation, Problem problem) {
        PendingCall call = party(callee).invocations.get(invocation.request());
        if (call == null) {
            return;
        }
        Refusal refusal = switch (problem) {
            case UNREPRESENTABLE -> Refusals.INVOCATION_UNREPRESENTABLE;
            case TOO_LARGE -> Refusals.INVOCATION_TOO_LARGE;
        };
        if (call.begun) {
            calls.abandon(call, refusal);
        } else {
            calls.end(call);
            calls.fail(call, refusal);
        }
    }

    /** The answer to a call could not be sent to {@code caller}: it gets the error instead, unless the call ended with another. */
    @InTurn
    public void onUndeliverableAnswer(Session caller, long request, boolean progress, Problem problem) {
        Refusal refusal = switch (problem) {
            case UNREPRESENTABLE -> Refusals.ANSWER_UNREPRESENTABLE;
            case TOO_LARGE -> Refusals.ANSWER_TOO_LARGE;
        };
        PendingCall call = progress ? party(caller).calls.get(request) : null;
        if (call != null) {
            calls.abandon(call, refusal);
        } else if (!progress) {
            calls.refuse(caller, request, refusal);
        }
    }

    /** Ends the registrations and calls of a session that leaves; callers get their errors, callees are interrupted. */
    @InTurn
    public void onLeave(Session session) {
        Party party = bySession.remove(session.id());
        if (party == null) {
            return;
        }
        registrations.removeAll(party);
        for (PendingCall call : List.copyOf(party.calls.values())) {
            calls.end(call);
            if (call.callee.party != party) {
                calls.tell(call);
            }
        }
        for (PendingCall call : List.copyOf(party.invocations.values())) {
            calls.end(call);
            calls.fail(call, Refusals.CALLEE_LEFT);
        }
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
        return bySession.values().stream().mapToInt(party -> party.calls.size()).sum();
    }

    @InTurn
    private void answer(PendingCall call, ErrorMessage error) {
        if (uris.isUri(error.error())) {
            ErrorMessage answer =
                    new ErrorMessage(Call.CODE, call.request, ErrorDetails.NONE, error.error(), error.payload());
            call.caller.session.reply(answer, error.payload());
        } else {
            calls.fail(call, Refusals.BAD_ERROR_URI);
        }
    }

    /**
     * The call that an invocation belongs to; null if it is done already: whatever the callee still says about it is
     * dropped. An id above the last one sent to this callee was never sent.
     */
    @InTurn
    private @Nullable PendingCall answered(Session callee, long invocation) {
        Party party = party(callee);
        PendingCall call = party.invocations.get(invocation);
        if (call == null && invocation > party.invocationIds.last()) {
            throw new ProtocolViolation("YIELD or ERROR answers an invocation that was never sent");
        }
        return call;
    }

    @InTurn
    private Party party(Session session) {
        return bySession.computeIfAbsent(session.id(), id -> new Party(session));
    }
}
