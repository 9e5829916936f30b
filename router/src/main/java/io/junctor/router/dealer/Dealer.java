package io.junctor.router.dealer;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Outbox.Problem;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. Remote procedure calls in one realm (section "Remote Procedure Calls"). A call is pending from its
 * {@code INVOCATION} to its final answer; whatever ends it first, later comers find it done.
 */
public final class Dealer {
    private final UriRules uris;
    private final Counters counters;
    private final RegistrationTable registrations;
    private final Long2ObjectHashMap<Party> bySession = new Long2ObjectHashMap<>();

    /** A dealer without registrations; error URIs of callees keep {@code uris}. */
    public Dealer(RandomIds ids, UriRules uris, Counters counters) {
        this.uris = uris;
        this.counters = counters;
        this.registrations = new RegistrationTable(ids);
    }

    /**
     * Answers the failure of an invocation to its caller, error and arguments unchanged.
     *
     * @throws ProtocolViolation if this session never got such an invocation
     */
    @InTurn
    public void onError(Session session, ErrorMessage error) {
        PendingCall call = answered(session, error.request());
        if (call == null) {
            return;
        }
        call.done();
        if (uris.isUri(error.error())) {
            ErrorMessage answer =
                    new ErrorMessage(Call.CODE, call.request, ErrorDetails.NONE, error.error(), error.payload());
            call.caller.session.reply(answer, error.payload());
        } else {
            fail(call, Refusals.BAD_ERROR_URI);
        }
    }

    /**
     * Invokes the procedure at its callee.
     *
     * @throws ProtocolViolation if the id is that of an open call of this session
     */
    @InTurn
    public void onCall(Session session, Call call) {
        Party caller = party(session);
        if (caller.calls.containsKey(call.request())) {
            throw new ProtocolViolation("CALL repeats the request id of an open call");
        }
        counters.increment(Counter.CALLS);
        Registration registration = registrations.best(call.procedure());
        if (registration == null) {
            refuse(session, call, Refusals.NO_PROCEDURE);
        } else if (caller.calls.size() >= session.limits().pendingCalls()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(session, call, Refusals.TOO_MANY_CALLS);
        } else {
            invoke(caller, call, registration);
        }
    }

    /** Cancels an open call of this session; does nothing where there is none (section "Call Canceling"). */
    @InTurn
    public void onCancel(Session session, Cancel cancel) {
        PendingCall call = party(session).calls.get(cancel.request());
        if (call == null || call.killed) {
            return;
        }
        boolean interrupt = call.callee.canBeInterrupted() && cancel.options().mode() != CancelMode.SKIP;
        if (interrupt && cancel.options().mode() == CancelMode.KILL) {
            call.killed = true;
            interrupt(call, new InterruptOptions(CancelMode.KILL, null, Dict.EMPTY));
            return;
        }
        call.done();
        if (interrupt) {
            interrupt(call, InterruptOptions.KILL_NO_WAIT);
        }
        Refusals.CANCELED.answer(session, Call.CODE, call.request);
    }

    /** Registers a procedure or pattern that nobody has registered. */
    @InTurn
    public void onRegister(Session session, Register register) {
        Party callee = party(session);
        if (register.options().invoke() != InvokePolicy.SINGLE) {
            Refusals.SINGLE_ONLY.answer(session, Register.CODE, register.request());
        } else if (callee.registrations.size() >= session.limits().registrations()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            Refusals.TOO_MANY_REGISTRATIONS.answer(session, Register.CODE, register.request());
        } else {
            register(callee, register);
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
     * Returns a result to its caller. A progressive result that nobody asked for is dropped and the call stays open.
     *
     * @throws ProtocolViolation if this session never got such an invocation
     */
    @InTurn
    public void onYield(Session session, Yield yield) {
        PendingCall call = answered(session, yield.request());
        if (call == null || yield.options().progress()) {
            return;
        }
        call.done();
        call.caller.session.reply(new Result(call.request, ResultDetails.FINAL, yield.payload()), yield.payload());
    }

    /** An {@code INVOCATION} could not be sent to {@code callee}: its caller gets the error. */
    @InTurn
    public void onUndeliverable(Session callee, Invocation invocation, Problem problem) {
        PendingCall call = party(callee).invocations.get(invocation.request());
        if (call != null) {
            call.done();
            fail(
                    call,
                    switch (problem) {
                        case UNREPRESENTABLE -> Refusals.INVOCATION_UNREPRESENTABLE;
                        case TOO_LARGE -> Refusals.INVOCATION_TOO_LARGE;
                    });
        }
    }

    /** The answer to a call could not be sent to {@code caller}: it gets the error instead. */
    @InTurn
    public void onUndeliverableAnswer(Session caller, long request, Problem problem) {
        counters.increment(Counter.CALLS_FAILED);
        Refusal refusal = switch (problem) {
            case UNREPRESENTABLE -> Refusals.ANSWER_UNREPRESENTABLE;
            case TOO_LARGE -> Refusals.ANSWER_TOO_LARGE;
        };
        refusal.answer(caller, Call.CODE, request);
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
            call.done();
            if (call.callee != party && call.callee.canBeInterrupted()) {
                interrupt(call, InterruptOptions.KILL_NO_WAIT);
            }
        }
        for (PendingCall call : List.copyOf(party.invocations.values())) {
            call.done();
            fail(call, Refusals.CALLEE_LEFT);
        }
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
    private void register(Party callee, Register register) {
        Registration registration = registrations.add(
                callee, register.procedure(), register.options().match());
        if (registration == null) {
            Refusals.ALREADY_REGISTERED.answer(callee.session, Register.CODE, register.request());
        } else {
            callee.session.reply(new Registered(register.request(), registration.id()));
        }
    }

    @InTurn
    private void invoke(Party caller, Call call, Registration registration) {
        Party callee = registration.callee();
        // Taken only if it is sent: a callee sees 1, 2, 3 and so on (section "IDs").
        long id = Ids.next(callee.invocationIds.last());
        InvocationDetails details = registration.details(call.procedure());
        Invocation invocation = new Invocation(id, registration.id(), details, call.payload());
        if (callee.session.offer(invocation, call.payload())) {
            callee.invocationIds.next();
            new PendingCall(caller, call.request(), callee, id).open();
        } else {
            refuse(caller.session, call, Refusals.CALLEE_BUSY);
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
    private void interrupt(PendingCall call, InterruptOptions options) {
        call.callee.session.reply(new Interrupt(call.invocation, options), Payload.NONE);
    }

    @InTurn
    private void fail(PendingCall call, Refusal refusal) {
        counters.increment(Counter.CALLS_FAILED);
        refusal.answer(call.caller.session, Call.CODE, call.request);
    }

    @InTurn
    private void refuse(Session caller, Call call, Refusal refusal) {
        counters.increment(Counter.CALLS_FAILED);
        refusal.answer(caller, Call.CODE, call.request());
    }

    @InTurn
    private Party party(Session session) {
        return bySession.computeIfAbsent(session.id(), id -> new Party(session));
    }
}
