package io.junctor.router.dealer;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.List;

/**
 * Ends each open call exactly once: by its answer, a cancellation, a timeout, or the end of a session. Messages that
 * arrive later find no call. Confined to the realm's turn.
 */
final class OpenCalls {
    private static final ResultDetails PROGRESS = new ResultDetails(true, null, Dict.EMPTY);
    private static final InterruptOptions KILL = new InterruptOptions(CancelMode.KILL, null, Dict.EMPTY);
    /** Tells the router of a callee that the call has ended and that the callee must not be interrupted. */
    private static final InterruptOptions SKIP = new InterruptOptions(CancelMode.SKIP, null, Dict.EMPTY);

    private final RealmCounters counters;
    private final Deadlines deadlines;
    private final CallTimeouts timeouts;
    private final InvocationPlacement placement;
    private int size;

    /** {@code maxWaitingCalls} is the maximum length of the queue of a registration. */
    OpenCalls(RealmCounters counters, Deadlines deadlines, int maxWaitingCalls) {
        this.counters = counters;
        this.deadlines = deadlines;
        this.timeouts = new CallTimeouts(deadlines, call -> interruptWithError(call, DealerErrors.TIMED_OUT));
        this.placement = new InvocationPlacement(this, timeouts, deadlines.slices(), maxWaitingCalls);
    }

    /** The number of open calls. */
    @InTurn
    int size() {
        return size;
    }

    InvocationPlacement placement() {
        return placement;
    }

    // ---- The caller's side.

    /** Opens a call at a callee of {@code registration}, or in its queue; sends an error if there is no room. */
    @InTurn
    void open(SessionCalls caller, Call call, SenderDisclosure disclosure, Registration registration) {
        PendingCall pending = new PendingCall(caller, call, disclosure, registration.choose());
        if (open(pending, call)) {
            placement.keepForNext(pending, call.payload());
        }
    }

    /** Opens a call of another router, which has selected the callee and made the details of INVOCATION. */
    @InTurn
    void openPlaced(SessionCalls caller, Call call, Callee callee, PendingCall.Placement placed) {
        open(new PendingCall(caller, call, SenderDisclosure.PLAIN, callee, placed), call);
    }

    /** Returns whether there is room for the call. */
    @InTurn
    private boolean open(PendingCall pending, Call call) {
        SessionCalls caller = pending.caller;
        // A call that another router placed is counted by that router.
        if (pending.placed == null && pending.callee.registration.calls().begin()) {
            pending.openedNanos = deadlines.nanos();
        }
        if (!caller.mayKeep(pending.heldBytes)) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(caller.session, call.request(), DealerErrors.callsTooLarge(caller.session.limits()));
            return false;
        }
        Refusal refusal = placement.place(pending, call.payload());
        if (refusal != null) {
            if (pending.placed != null) {
                pending.placed.giveBack().accept(refusal);
            } else {
                refuse(caller.session, pending.request, refusal.about(pending.procedure.text()));
            }
            return false;
        }
        if (caller.calls.put(call.request(), pending) == null) {
            size++;
        }
        caller.hold(pending.heldBytes);
        if (call.options().timeoutMillis() > 0) {
            timeouts.start(pending);
        }
        return true;
    }

    /**
     * Passes a further CALL of a progressive call to its callee.
     *
     * @throws ProtocolViolationException if the call is not progressive, or its final CALL has arrived
     */
    @InTurn
    void continueCall(PendingCall call, Call part) {
        if (!call.expectsMoreParts) {
            throw new ProtocolViolationException(
                    "CALL repeats the request id of an open call whose final CALL has arrived");
        }
        call.expectsMoreParts = part.options().progress();
        if (call.killed) {
            return;
        }
        timeouts.restart(call);
        if (!placement.placePart(call, part)) {
            interruptWithError(call, DealerErrors.CALLEE_BUSY);
        }
    }

    /** Cancels an open call (section "Call Canceling"). */
    @InTurn
    void cancel(PendingCall call, CancelMode mode) {
        SessionCalls callee = call.holder();
        boolean interrupt = call.isWithCallee() && callee.canBeInterrupted() && mode != CancelMode.SKIP;
        if (interrupt && mode == CancelMode.KILL) {
            call.killed = true;
            interrupt(callee, call.invocation, KILL);
            return;
        }
        boolean withCallee = call.isWithCallee();
        boolean uninterrupted = !interrupt && withCallee && call.wantsProgress();
        end(call);
        if (interrupt) {
            interrupt(callee, call.invocation, InterruptOptions.KILL_NO_WAIT);
        } else if (withCallee && callee.isElsewhere) {
            interrupt(callee, call.invocation, SKIP);
        } else if (uninterrupted && callee.canBeInterrupted()) {
            callee.addUninterrupted(call.invocation);
        }
        call.caller.session.refuse(DealerErrors.CANCELED.about(call.procedure.text()), Call.CODE, call.request);
    }

    // ---- The callee's side.

    /** Passes a result, final or progressive, to the caller. */
    @InTurn
    void onYield(PendingCall call, Yield yield) {
        PassthruOptions passthru = yield.options().passthru();
        if (passthru != null && !call.caller.supportsPassthru(Role.CALLER)) {
            refuseAnswer(call, yield);
        } else if (yield.options().progress()) {
            progress(call, yield, passthru == null ? PROGRESS : new ResultDetails(true, passthru, Dict.EMPTY));
        } else {
            ResultDetails details =
                    passthru == null ? ResultDetails.FINAL : new ResultDetails(false, passthru, Dict.EMPTY);
            answer(call, new Result(call.request, details, yield.payload()), yield.payload());
        }
    }

    /** Passes an error with its arguments to the caller. */
    @InTurn
    void onError(PendingCall call, ErrorMessage error) {
        countError(call);
        PassthruOptions passthru = error.details().passthru();
        ErrorDetails details = passthru == null ? ErrorDetails.NONE : new ErrorDetails(passthru, Dict.EMPTY);
        answer(
                call,
                new ErrorMessage(Call.CODE, call.request, details, error.error(), error.payload()),
                error.payload());
    }

    /** Ends a call with the answer of its callee, or with an error if the caller has no room for a large answer. */
    @InTurn
    private void answer(PendingCall call, FromRouter message, Payload payload) {
        end(call);
        if (call.openedNanos != PendingCall.NOT_TIMED) {
            call.callee.registration.calls().timed(deadlines.nanos() - call.openedNanos);
        }
        Session caller = call.caller.session;
        if (caller.takesAnswer(payload)) {
            caller.reply(message, payload);
        } else {
            fail(call, DealerErrors.answerWithoutRoom(payload.length(), caller.waitingBytes()));
        }
    }

    /**
     * Passes a progressive result to the caller; drops it if the caller did not ask for progressive results. If the
     * outbox of the caller is full, the call ends.
     */
    @InTurn
    private void progress(PendingCall call, Yield yield, ResultDetails details) {
        if (!call.wantsProgress()) {
            return;
        }
        call.releaseArguments();
        call.hasProgressed = true;
        timeouts.restart(call);
        if (!call.caller.session.offer(new Result(call.request, details, yield.payload()), yield.payload())) {
            interruptWithError(call, DealerErrors.CALLER_SLOW);
        }
    }

    /** Sends callee and caller an error, because the caller does not support payload passthru mode (section "Payload Passthru Mode"). */
    @InTurn
    private void refuseAnswer(PendingCall call, Yield yield) {
        Session callee = call.holder().session;
        end(call);
        callee.refuse(DealerErrors.NO_PASSTHRU_BACK, Yield.CODE, yield.request());
        fail(call, DealerErrors.NO_PASSTHRU_BACK);
    }

    /** Interrupts a callee that sends progressive results for an ended call; once per call. */
    @InTurn
    void onProgressWithoutCall(SessionCalls callee, long invocation) {
        if (callee.removeUninterrupted(invocation)) {
            interrupt(callee, invocation, InterruptOptions.KILL_NO_WAIT);
        }
    }

    /**
     * Whether {@code error} re-routes the call (section "Call Re-Routing"); if so, sends it to another callee, or ends
     * it if no callee is left.
     */
    @InTurn
    boolean rerouted(PendingCall call, ErrorMessage error) {
        boolean passes = error.error().equals(WampError.UNAVAILABLE.uri())
                && call.holder().canReroute();
        if (!passes || call.hasProgressed || call.killed || call.placed != null) {
            return false;
        }
        Payload arguments = call.keptArguments();
        if (arguments == null || placement.move(call, arguments, DealerErrors.NO_CALLEE_LEFT) != null) {
            endWithError(call, DealerErrors.NO_CALLEE_LEFT);
        }
        return true;
    }

    // ---- Sessions that leave.

    /** Ends the open calls of a caller that left, in the order of their requests and in slices; then runs {@code after}. */
    @InTurn
    void onCallerGone(SessionCalls caller, Runnable after) {
        deadlines.slices().forEach(caller.callsInOrder(), this::endAndInterruptIfOpen, after);
    }

    @InTurn
    private void endAndInterruptIfOpen(PendingCall call) {
        if (call.caller.calls.get(call.request) == call) {
            endAndInterrupt(call);
        }
    }

    /**
     * Ends, in slices, the open invocations of a callee that left; then runs {@code after}. An invocation that was not
     * sent yet moves to another callee if possible.
     */
    @InTurn
    void onCalleeGone(SessionCalls callee, Runnable after) {
        deadlines
                .slices()
                .forEach(List.copyOf(callee.invocations.values()), call -> endUnlessMovable(callee, call), () -> {
                    if (!callee.invocations.isEmpty()) {
                        callee.session.takeBack(unsent -> deadlines.soon(() -> onTakenBack(callee, unsent)));
                    }
                    after.run();
                });
    }

    @InTurn
    private void endUnlessMovable(SessionCalls callee, PendingCall call) {
        Registration registration = call.callee.registration;
        boolean mayMove = registration.isShared() && !registration.isEmpty() && !call.hasProgressed && !call.killed;
        if (!mayMove) {
            endIfHeld(callee, call);
        }
    }

    /** Ends a call if it is still at a callee that left. */
    @InTurn
    private void endIfHeld(SessionCalls callee, PendingCall call) {
        if (callee.invocations.get(call.invocation) == call) {
            endWithError(call, DealerErrors.CALLEE_LEFT);
        }
    }

    /** Moves the invocations that were not sent to other callees; ends the others. */
    @InTurn
    private void onTakenBack(SessionCalls callee, List<Invocation> unsent) {
        deadlines.slices().forEach(unsent, invocation -> moveUnsent(callee, invocation), () -> endAll(callee));
    }

    @InTurn
    private void moveUnsent(SessionCalls callee, Invocation invocation) {
        PendingCall call = callee.invocations.get(invocation.request());
        Refusal refusal = call == null ? null : placement.move(call, invocation.payload(), DealerErrors.CALLEE_LEFT);
        if (call != null && refusal != null) {
            endWithError(call, refusal);
        }
    }

    @InTurn
    private void endAll(SessionCalls callee) {
        deadlines.slices().forEach(List.copyOf(callee.invocations.values()), call -> endIfHeld(callee, call), () -> {});
    }

    // ---- Either side.

    /** Ends a call: the caller receives {@code refusal}, the callee is interrupted. */
    @InTurn
    void interruptWithError(PendingCall call, Refusal refusal) {
        endAndInterrupt(call);
        fail(call, refusal);
    }

    /** Ends a call: the caller receives {@code refusal}. */
    @InTurn
    void endWithError(PendingCall call, Refusal refusal) {
        end(call);
        fail(call, refusal);
    }

    /** Ends a call that its callee has not received and returns it; the router of the caller may send it to another callee. */
    @InTurn
    void giveBack(PendingCall call, PendingCall.Placement placed, Refusal refusal) {
        end(call);
        placed.giveBack().accept(refusal);
    }

    @InTurn
    void refuse(Session caller, long request, Refusal refusal) {
        counters.increment(Counter.CALLS_FAILED);
        caller.refuse(refusal, Call.CODE, request);
    }

    // ---- Steps.

    /** Removes the call from caller and callee. */
    @InTurn
    private void end(PendingCall call) {
        if (call.caller.calls.remove(call.request) != null) {
            size--;
            call.caller.hold(-call.heldBytes);
        }
        if (call.deadline != PendingCall.NO_DEADLINE) {
            timeouts.cancel(call);
        }
        call.releaseArguments();
        if (call.hasParts()) {
            call.takeParts();
        }
        placement.release(call);
    }

    /** Ends a call and interrupts its callee, if the callee supports it. The router of a remote callee is informed in any case. */
    @InTurn
    private void endAndInterrupt(PendingCall call) {
        SessionCalls callee = call.holder();
        boolean interrupts = call.isWithCallee() && (callee.canBeInterrupted() || callee.isElsewhere);
        end(call);
        if (interrupts) {
            interrupt(callee, call.invocation, InterruptOptions.KILL_NO_WAIT);
        }
    }

    @InTurn
    private static void countError(PendingCall call) {
        if (call.placed == null) {
            call.callee.registration.calls().errors++;
        }
    }

    @InTurn
    private void fail(PendingCall call, Refusal refusal) {
        countError(call);
        refuse(call.caller.session, call.request, refusal.about(call.procedure.text()));
    }

    @InTurn
    private static void interrupt(SessionCalls callee, long invocation, InterruptOptions options) {
        callee.session.reply(new Interrupt(invocation, options), Payload.NONE);
    }
}
