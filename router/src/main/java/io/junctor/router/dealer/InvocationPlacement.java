package io.junctor.router.dealer;

import io.junctor.router.dealer.PendingCall.Location;
import io.junctor.router.reply.Refusal;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.SlicedWork;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends each call to a callee: to the callee that the invocation policy selects, otherwise to the next callee that accepts the call. If all
 * callees that could accept the call have reached their limit of open invocations, the call waits in the queue of the registration.
 * Confined to the realm's turn.
 */
final class InvocationPlacement {
    /** The open calls; ends the calls that no callee can take. */
    private final OpenCalls calls;

    private final CallTimeouts timeouts;
    private final SlicedWork slices;
    private int maxWaitingCalls;

    /** {@code maxWaitingCalls} is the maximum length of the queue of a registration. */
    InvocationPlacement(OpenCalls calls, CallTimeouts timeouts, SlicedWork slices, int maxWaitingCalls) {
        this.calls = calls;
        this.timeouts = timeouts;
        this.slices = slices;
        this.maxWaitingCalls = maxWaitingCalls;
    }

    /** Uses another maximum length of the queue of a registration. */
    @InTurn
    void useMaxWaitingCalls(int most) {
        maxWaitingCalls = most;
    }

    /** Sends the call to its callee, or to the next callee that accepts it, or queues it; returns the error if none of these is possible. */
    @InTurn
    @Nullable
    Refusal place(PendingCall call, Payload arguments) {
        Refusal refusal = call.callee.isFull() ? DealerErrors.ALL_BUSY : send(call, arguments);
        return refusal == null ? null : placeElsewhere(call, arguments, refusal);
    }

    /** Keeps the arguments of a call that its callee may re-route. */
    @InTurn
    void keepForNext(PendingCall call, Payload arguments) {
        if (call.location == Location.SENT && mayComeBack(call)) {
            call.keep(arguments);
        }
    }

    /** Whether the call may need another callee later: its callee may re-route it, or the router of its callee may return it. */
    @InTurn
    private static boolean mayComeBack(PendingCall call) {
        return call.callee.isElsewhere()
                || (call.callee.registration.isShared() && call.holder().canReroute());
    }

    /**
     * Sends a call that the router of its callee returned to another callee; returns {@code why} if no callee is left. If the callee is no
     * longer registered, the call goes to the present callees of the procedure, or waits until this router knows of them.
     *
     * @param now the present registration of the procedure on this router, or null
     */
    @InTurn
    private @Nullable Refusal placeAgain(PendingCall call, Payload arguments, Refusal why, @Nullable Registration now) {
        Registration before = call.callee.registration;
        boolean isReplaced = why == DealerErrors.CALLEE_LEFT && now != null && now != before;
        if (now != null && isReplaced) {
            call.avoidCallee();
            call.detach();
            moveTo(now, call);
            return null;
        }
        Refusal refusal = move(call, arguments, why);
        boolean mayBeReplaced = refusal == DealerErrors.CALLEE_LEFT && now == before;
        return mayBeReplaced ? enqueue(call, arguments) : refusal;
    }

    /** Sends a call that the router of its callee returned to another callee, or ends it; {@code now} is the procedure's registration, or null. */
    @InTurn
    void onGivenBack(PendingCall call, Refusal why, @Nullable Registration now) {
        call.isGivenBack = true;
        Payload arguments = call.keptArguments();
        boolean mayMove = !call.hasProgressed && !call.killed;
        Refusal refusal = arguments == null || !mayMove ? why : placeAgain(call, arguments, why, now);
        if (refusal != null) {
            calls.endWithError(call, refusal);
        }
    }

    /**
     * Sends a further CALL to the callee, or keeps it until the first CALL is sent; returns false if the callee or the caller has no room
     * for it.
     */
    @InTurn
    boolean placePart(PendingCall call, Call part) {
        if (!call.isWithCallee()) {
            return call.keep(part);
        }
        call.releaseArguments();
        call.hasProgressed = true;
        InvocationDetails details = details(call, part.options().progress());
        Invocation invocation = new Invocation(call.invocation, call.callee.registration.id(), details, part.payload());
        return call.holder().session.offer(invocation, part.payload());
    }

    /**
     * Moves a call that its callee re-routed, or that was not sent before its callee left, to another callee; returns {@code why} if no
     * callee is left. A call that another router placed with its callee is returned to that router.
     */
    @InTurn
    @Nullable
    Refusal move(PendingCall call, Payload arguments, Refusal why) {
        if (call.placed != null) {
            calls.giveBack(call, call.placed, why);
            return null;
        }
        Callee before = call.callee;
        call.avoidCallee();
        call.detach();
        Refusal refusal = placeElsewhere(call, arguments, why);
        if (refusal == null) {
            timeouts.continueFor(call);
        }
        if (refusal == null && call.location == Location.SENT) {
            afterMove(call, arguments);
        }
        sendWaitingCalls(before);
        return refusal;
    }

    /** Removes a call from the queue of its registration. */
    @InTurn
    void withdraw(PendingCall call) {
        call.callee.registration.calls().withdraw(call);
        call.location = Location.NOWHERE;
    }

    /** Moves a call that was {@linkplain #withdraw removed from its queue} to another registration. */
    @InTurn
    void moveTo(Registration registration, PendingCall call) {
        if (call.placed != null) {
            calls.giveBack(call, call.placed, DealerErrors.CALLEE_LEFT);
            return;
        }
        call.callee = registration.choose();
        Payload arguments = keptArguments(call);
        boolean tried = call.tried().contains(call.callee.session());
        completeMove(
                call, tried ? placeElsewhere(call, arguments, DealerErrors.NO_CALLEE_LEFT) : place(call, arguments));
    }

    /** Releases an ended call from its callee or queue, and sends waiting calls to the callee. */
    @InTurn
    void release(PendingCall call) {
        switch (call.location) {
            case SENT -> {
                call.detach();
                if (call.callee.registration.calls().hasWaiting()) {
                    sendWaitingCalls(call.callee);
                }
            }
            case WAITING -> withdraw(call);
            case NOWHERE -> {}
        }
    }

    /** Sends waiting calls to a callee until it has reached its limit. */
    @InTurn
    void sendWaitingCalls(Callee callee) {
        Registration registration = callee.registration;
        while (registration.holds(callee) && !callee.isFull()) {
            PendingCall next = registration.firstWaitingFor(callee);
            if (next == null) {
                return;
            }
            withdraw(next);
            next.callee = callee;
            completeMove(next, place(next, keptArguments(next)));
        }
    }

    /** Ends waiting calls for which no callee is left, after a callee was removed. */
    @InTurn
    void onCalleeGone(Registration registration) {
        List<PendingCall> waiting = registration.waiting();
        slices.spend(waiting.size());
        for (PendingCall call : waiting) {
            if (call.placed != null && !registration.holds(call.callee)) {
                calls.giveBack(call, call.placed, DealerErrors.CALLEE_LEFT);
            } else if (registration.isEmpty()) {
                calls.endWithError(call, DealerErrors.CALLEE_LEFT);
            } else if (!registration.hasMoreThan(call.tried())) {
                calls.endWithError(call, DealerErrors.NO_CALLEE_LEFT);
            }
        }
    }

    // ---- Steps.

    @InTurn
    private static Payload keptArguments(PendingCall call) {
        Payload keptArguments = call.keptArguments();
        return keptArguments == null ? Payload.NONE : keptArguments;
    }

    /** Completes the move of a call that was in a queue. */
    @InTurn
    private void completeMove(PendingCall call, @Nullable Refusal refusal) {
        if (refusal != null) {
            calls.endWithError(call, refusal);
        } else if (call.location == Location.SENT) {
            afterMove(call, keptArguments(call));
        }
    }

    /**
     * Keeps or releases the arguments of a call that was sent to another callee or from a queue, and sends its further
     * CALL messages.
     */
    @InTurn
    private void afterMove(PendingCall call, Payload arguments) {
        if (mayComeBack(call)) {
            call.keep(arguments);
        } else {
            call.releaseArguments();
        }
        for (Call part : call.takeParts()) {
            if (call.location == Location.SENT && !placePart(call, part)) {
                calls.interruptWithError(call, DealerErrors.CALLEE_BUSY);
            }
        }
    }

    @InTurn
    private @Nullable Refusal placeElsewhere(PendingCall call, Payload arguments, Refusal before) {
        if (call.placed != null) {
            return before == DealerErrors.ALL_BUSY ? enqueue(call, arguments) : before;
        }
        Registration registration = call.callee.registration;
        Refusal refusal = before;
        while (refusal != null) {
            if (refusal != DealerErrors.ALL_BUSY) {
                call.avoidCallee();
            }
            Callee next = registration.after(call.callee, call.tried());
            if (next == null) {
                return registration.hasMoreThan(call.tried()) ? enqueue(call, arguments) : refusal;
            }
            call.callee = next;
            refusal = send(call, arguments);
        }
        return null;
    }

    /** Adds the call to the queue; returns the error if that is not possible. */
    @InTurn
    private @Nullable Refusal enqueue(PendingCall call, Payload arguments) {
        RegistrationCalls others = call.callee.registration.calls();
        if (others.waitingCount() >= maxWaitingCalls || !call.keep(arguments)) {
            return DealerErrors.QUEUE_FULL;
        }
        others.await(call);
        call.location = Location.WAITING;
        return null;
    }

    @InTurn
    private @Nullable Refusal send(PendingCall call, Payload arguments) {
        if (call.callee.isGone()) {
            return DealerErrors.CALLEE_BUSY;
        }
        SessionCalls callee = call.callee.sessionCalls();
        CallMessageOptions options = call.options;
        if (call.isGivenBack && call.caller.isOvertaken(call)) {
            return DealerErrors.OVERTAKEN;
        }
        if (options.progress() && !callee.acceptsProgressiveCalls()) {
            return DealerErrors.NO_PARTS;
        }
        if (options.passthru() != null && !callee.supportsPassthru(Role.CALLEE)) {
            return DealerErrors.NO_PASSTHRU;
        }
        // The id is used only if the message is sent: a callee sees 1, 2, 3 and so on (section "IDs").
        long id = Ids.next(callee.invocationIds.last());
        InvocationDetails details = details(call, call.expectsMoreParts || call.hasParts());
        Invocation invocation = new Invocation(id, call.callee.registration.id(), details, arguments);
        if (!callee.session.offer(invocation, arguments)) {
            return DealerErrors.CALLEE_BUSY;
        }
        callee.invocationIds.next();
        call.sentAs(id);
        return null;
    }

    @InTurn
    private InvocationDetails details(PendingCall call, boolean expectsMoreParts) {
        if (call.placed != null) {
            return call.placed.details().withProgress(expectsMoreParts);
        }
        Callee callee = call.callee;
        CallMessageOptions options = call.options;
        boolean named = call.disclosure.discloses(
                options.discloseMe() || callee.options().discloseCaller());
        boolean pattern = callee.registration.match() != MatchPolicy.EXACT;
        if (!pattern && !named && call.disclosure.trustLevel() == null && options == CallMessageOptions.DEFAULT) {
            return InvocationDetails.NONE;
        }
        return new InvocationDetails(
                named ? call.caller.session.disclosure() : null,
                pattern ? call.procedure : null,
                call.disclosure.trustLevel(),
                timeouts.forwardedMillis(call),
                call.wantsProgress(),
                expectsMoreParts,
                options.passthru(),
                options.extra());
    }
}
