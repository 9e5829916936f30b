package io.junctor.router.dealer;

import io.junctor.router.access.Grant;
import io.junctor.router.dealer.PendingCall.Opening;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The open calls of a realm. A call is pending from its {@code INVOCATION} to its final answer; whatever
 * ends it first, later comers find it done.
 */
final class Calls {
    private static final ResultDetails PROGRESS = new ResultDetails(true, null, Dict.EMPTY);
    private static final InterruptOptions KILL = new InterruptOptions(CancelMode.KILL, null, Dict.EMPTY);

    private final Counters counters;
    private final Deadlines deadlines;

    Calls(Counters counters, Deadlines deadlines) {
        this.counters = counters;
        this.deadlines = deadlines;
    }

    // ---- The caller's side.

    /** Invokes the procedure at a callee of {@code registration}. */
    @InTurn
    void open(Party caller, Call call, Grant grant, Registration registration) {
        PendingCall pending = new PendingCall(caller, call, registration.choose());
        Refusal refusal = place(pending, call, grant);
        if (refusal != null) {
            refuse(caller.session, call.request(), refusal);
            return;
        }
        caller.calls.put(call.request(), pending);
        if (pending.timeoutMillis > 0) {
            awaitAnswer(pending);
        }
        if (pending.goesOn || registration.isShared()) {
            keep(pending, call, grant);
        }
    }

    /**
     * Sends a later part of an open call to its callee; parts of a call that is over are dropped.
     *
     * @throws ProtocolViolation if the open call is not one of several parts, or had its last
     */
    @InTurn
    void goOn(Party caller, Call part) {
        PendingCall call = caller.calls.get(part.request());
        Opening opening = call == null ? null : call.opening;
        if (call == null || (opening != null && !opening.call().procedure().equals(part.procedure()))) {
            return;
        }
        if (opening == null || !call.goesOn) {
            throw new ProtocolViolation("CALL repeats the request id of an open call that had its last part");
        }
        call.goesOn = part.options().progress();
        if (call.killed) {
            return;
        }
        letGo(call, opening);
        call.begun = true;
        restart(call);
        Session callee = call.callee.party.session;
        InvocationDetails details = details(call, opening.call(), opening.grant());
        Invocation invocation = new Invocation(call.invocation, call.callee.registration.id, details, part.payload());
        if (!callee.offer(invocation, part.payload())) {
            abandon(call, Refusals.CALLEE_BUSY);
        }
    }

    /** Cancels an open call (section "Call Canceling"). */
    @InTurn
    void cancel(PendingCall call, CancelMode mode) {
        Party callee = call.callee.party;
        boolean interrupt = callee.canBeInterrupted() && mode != CancelMode.SKIP;
        if (interrupt && mode == CancelMode.KILL) {
            call.killed = true;
            interrupt(callee, call.invocation, KILL);
            return;
        }
        end(call);
        if (interrupt) {
            interrupt(callee, call.invocation, InterruptOptions.KILL_NO_WAIT);
        } else if (call.wantsProgress && callee.canBeInterrupted()) {
            callee.addUntold(call.invocation);
        }
        Refusals.CANCELED.answer(call.caller.session, Call.CODE, call.request);
    }

    // ---- The callee's side.

    /** Passes on a final result. */
    @InTurn
    void complete(PendingCall call, Yield yield) {
        end(call);
        call.caller.session.reply(new Result(call.request, ResultDetails.FINAL, yield.payload()), yield.payload());
    }

    /** Passes on a progressive result; drops it if nobody asked for it. A caller that does not keep up loses the call. */
    @InTurn
    void progress(PendingCall call, Yield yield) {
        if (!call.wantsProgress) {
            return;
        }
        if (call.opening != null) {
            letGo(call, call.opening);
        }
        call.begun = true;
        restart(call);
        if (!call.caller.session.offer(new Result(call.request, PROGRESS, yield.payload()), yield.payload())) {
            abandon(call, Refusals.CALLER_SLOW);
        }
    }

    /** Tells a callee that sends progress of an invocation that is over, once. */
    @InTurn
    void progressOfNothing(Party callee, long invocation) {
        if (callee.removeUntold(invocation)) {
            interrupt(callee, invocation, InterruptOptions.KILL_NO_WAIT);
        }
    }

    /** Whether {@code error} passes the call on to another callee (section "Call Re-Routing"); if so, it goes there. */
    @InTurn
    boolean passesOn(PendingCall call, ErrorMessage error) {
        Party callee = call.callee.party;
        boolean passes = error.error().equals(WampError.UNAVAILABLE.uri()) && callee.canPassOn();
        if (!passes || call.begun || call.killed) {
            return false;
        }
        callee.invocations.remove(call.invocation);
        Opening opening = call.mayMove ? call.opening : null;
        if (opening == null || sendOn(call, opening.call(), opening.grant(), Refusals.NO_CALLEE_LEFT) != null) {
            end(call);
            fail(call, Refusals.NO_CALLEE_LEFT);
        } else if (call.timeoutMillis > 0 && call.deadline == PendingCall.NO_DEADLINE) {
            awaitAnswer(call);
        }
        return true;
    }

    // ---- Either side.

    /** Ends a call whose caller gets {@code refusal} and whose callee is told to stop. */
    @InTurn
    void abandon(PendingCall call, Refusal refusal) {
        end(call);
        tell(call);
        fail(call, refusal);
    }

    /** Both sides forget it: whoever comes later finds nothing. */
    @InTurn
    void end(PendingCall call) {
        call.caller.calls.remove(call.request);
        call.callee.party.invocations.remove(call.invocation);
        if (call.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(call.deadline);
            call.deadline = PendingCall.NO_DEADLINE;
        }
        if (call.opening != null) {
            letGo(call, call.opening);
        }
    }

    /** Tells the callee of a call that is over, if it understands that. */
    @InTurn
    void tell(PendingCall call) {
        Party callee = call.callee.party;
        if (callee.canBeInterrupted()) {
            interrupt(callee, call.invocation, InterruptOptions.KILL_NO_WAIT);
        }
    }

    @InTurn
    void fail(PendingCall call, Refusal refusal) {
        refuse(call.caller.session, call.request, refusal);
    }

    @InTurn
    void refuse(Session caller, long request, Refusal refusal) {
        counters.increment(Counter.CALLS_FAILED);
        refusal.answer(caller, Call.CODE, request);
    }

    // ---- Pieces.

    /** Sends the call to its callee, or to the next that takes it; tells why if none does. */
    @InTurn
    private @Nullable Refusal place(PendingCall pending, Call call, Grant grant) {
        Refusal refusal = send(pending, call, grant);
        return refusal == null ? null : sendOn(pending, call, grant, refusal);
    }

    /** Sends the call to the next callee that takes it; tells why if none does, {@code before} if there is none. */
    @InTurn
    private @Nullable Refusal sendOn(PendingCall pending, Call call, Grant grant, Refusal before) {
        Refusal refusal = before;
        while (refusal != null && pending.moveOn()) {
            refusal = send(pending, call, grant);
        }
        return refusal;
    }

    @InTurn
    private @Nullable Refusal send(PendingCall pending, Call call, Grant grant) {
        Party callee = pending.callee.party;
        if (call.options().progress() && !callee.takesParts()) {
            return Refusals.NO_PARTS;
        }
        // Taken only if it is sent: a callee sees 1, 2, 3 and so on (section "IDs").
        long id = Ids.next(callee.invocationIds.last());
        InvocationDetails details = details(pending, call, grant);
        Invocation invocation = new Invocation(id, pending.callee.registration.id, details, call.payload());
        if (!callee.session.offer(invocation, call.payload())) {
            return Refusals.CALLEE_BUSY;
        }
        callee.invocationIds.next();
        pending.sentAs(id);
        return null;
    }

    @InTurn
    private static InvocationDetails details(PendingCall pending, Call call, Grant grant) {
        Callee callee = pending.callee;
        CallOptions options = call.options();
        boolean named = grant.discloses(options.discloseMe() || callee.disclosesCaller);
        boolean pattern = callee.registration.match != MatchPolicy.EXACT;
        if (!pattern && !named && grant.trustLevel() == null && options == CallOptions.DEFAULT) {
            return InvocationDetails.NONE;
        }
        return new InvocationDetails(
                named ? pending.caller.session.disclosure() : null,
                pattern ? call.procedure() : null,
                grant.trustLevel(),
                leavesTimeout(pending) ? pending.timeoutMillis : 0,
                pending.wantsProgress,
                pending.goesOn,
                null,
                Dict.EMPTY);
    }

    /** Whether the callee keeps the timeout: then nobody else does. */
    @InTurn
    private static boolean leavesTimeout(PendingCall call) {
        return call.callee.keepsTimeout && call.deadline == PendingCall.NO_DEADLINE;
    }

    @InTurn
    private void awaitAnswer(PendingCall call) {
        if (!leavesTimeout(call)) {
            call.deadline = deadlines.after(call.timeoutMillis, () -> expire(call));
        }
    }

    /** Section "Call Timeouts": the limit holds from one sign of progress to the next. */
    @InTurn
    private void restart(PendingCall call) {
        if (call.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(call.deadline);
            call.deadline = deadlines.after(call.timeoutMillis, () -> expire(call));
        }
    }

    @InTurn
    private void expire(PendingCall call) {
        call.deadline = PendingCall.NO_DEADLINE;
        abandon(call, Refusals.TIMED_OUT);
    }

    /** Keeps what another callee, or a later part, will need; arguments only as far as the caller's outbox would. */
    @InTurn
    private static void keep(PendingCall pending, Call call, Grant grant) {
        Party caller = pending.caller;
        boolean mayMove = pending.callee.registration.isShared() && pending.callee.party.canPassOn();
        boolean fits = caller.keptBytes + call.payload().length()
                <= caller.session.limits().outboxBytes();
        if (mayMove && fits) {
            caller.keptBytes += call.payload().length();
            pending.opening = new Opening(call, grant);
            pending.mayMove = true;
        } else if (pending.goesOn) {
            pending.opening = new Opening(withoutPayload(call), grant);
        }
    }

    /** The call stays with its callee: its arguments are kept no longer. */
    @InTurn
    private static void letGo(PendingCall call, Opening opening) {
        call.mayMove = false;
        call.caller.keptBytes -= opening.call().payload().length();
        call.opening = new Opening(withoutPayload(opening.call()), opening.grant());
    }

    private static Call withoutPayload(Call call) {
        return new Call(call.request(), call.options(), call.procedure(), Payload.NONE);
    }

    @InTurn
    private static void interrupt(Party callee, long invocation, InterruptOptions options) {
        callee.session.reply(new Interrupt(invocation, options), Payload.NONE);
    }
}
