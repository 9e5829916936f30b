package io.junctor.router.dealer;

import io.junctor.router.dealer.PendingCall.Place;
import io.junctor.router.reply.Refusal;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Slices;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. Brings calls to callees: to the one whose turn it is, else to the next that takes it; where all that could have
 * as many open invocations as they want, the call waits.
 */
final class InvocationPlacement {
    /** Ends calls that no callee can take. */
    interface CallEnd {
        /** Ends a call with an error for its caller. */
        @InTurn
        void endWithError(PendingCall call, Refusal refusal);

        /** Ends a call with an error for its caller and interrupts its callee. */
        @InTurn
        void interruptWithError(PendingCall call, Refusal refusal);
    }

    private final CallEnd calls;
    private final Timeouts timeouts;
    private final Slices slices;
    private final int maxWaitingCalls;

    /** Of each registration, {@code maxWaitingCalls} calls wait. */
    InvocationPlacement(CallEnd calls, Timeouts timeouts, Slices slices, int maxWaitingCalls) {
        this.calls = calls;
        this.timeouts = timeouts;
        this.slices = slices;
        this.maxWaitingCalls = maxWaitingCalls;
    }

    /** Sends the call to its callee, or to the next that takes it, or lets it wait; tells why if none of it is possible. */
    @InTurn
    @Nullable
    Refusal place(PendingCall call, Payload arguments) {
        Refusal refusal = call.callee.isFull() ? DealerErrors.ALL_BUSY : send(call, arguments);
        return refusal == null ? null : placeElsewhere(call, arguments, refusal);
    }

    /** Keeps the arguments of a call that its callee may pass on. */
    @InTurn
    void keepForNext(PendingCall call, Payload arguments) {
        if (call.place == Place.SENT && call.callee.registration.isShared() && call.callee.sessionCalls.canReroute()) {
            call.keep(arguments);
        }
    }

    /** Sends a later part, or keeps it until the first is sent; false if the callee, or the caller, has no room for it. */
    @InTurn
    boolean placePart(PendingCall call, Call part) {
        if (!call.isWithCallee()) {
            return call.keep(part);
        }
        call.releaseArguments();
        call.hasProgressed = true;
        InvocationDetails details = details(call, part.options().progress());
        Invocation invocation = new Invocation(call.invocation, call.callee.registration.id(), details, part.payload());
        return call.callee.sessionCalls.session.offer(invocation, part.payload());
    }

    /** The callee has passed the call on, or left before it had it: tries others; tells {@code why} if there are none. */
    @InTurn
    @Nullable
    Refusal move(PendingCall call, Payload arguments, Refusal why) {
        Callee before = call.callee;
        call.avoidCallee();
        detach(call);
        Refusal refusal = placeElsewhere(call, arguments, why);
        if (refusal == null) {
            timeouts.runOn(call);
        }
        if (refusal == null && call.place == Place.SENT) {
            settle(call, arguments);
        }
        refill(before);
        return refusal;
    }

    /** Takes a call that waits away from its registration. */
    @InTurn
    void withdraw(PendingCall call) {
        call.callee.registration.waiting.remove(call);
        call.place = Place.NOWHERE;
    }

    /** Brings a call that was {@linkplain #withdraw withdrawn} to another registration. */
    @InTurn
    void moveTo(Registration registration, PendingCall call) {
        call.callee = registration.choose();
        Payload arguments = keptArguments(call);
        boolean tried = call.tried().contains(call.callee.sessionCalls);
        conclude(call, tried ? placeElsewhere(call, arguments, DealerErrors.NO_CALLEE_LEFT) : place(call, arguments));
    }

    /** The call is over: its callee has room for another. */
    @InTurn
    void leave(PendingCall call) {
        switch (call.place) {
            case SENT -> {
                detach(call);
                if (!call.callee.registration.waiting.isEmpty()) {
                    refill(call.callee);
                }
            }
            case WAITING -> withdraw(call);
            case NOWHERE -> {}
        }
    }

    /** Gives a callee calls that wait, as long as it has room. */
    @InTurn
    void refill(Callee callee) {
        Registration registration = callee.registration;
        while (registration.holds(callee) && !callee.isFull()) {
            PendingCall next = registration.waiting.firstFor(callee);
            if (next == null) {
                return;
            }
            withdraw(next);
            next.callee = callee;
            conclude(next, place(next, keptArguments(next)));
        }
    }

    /** Somebody is no callee any more: calls for which nobody else is there end. */
    @InTurn
    void onCalleeGone(Registration registration) {
        List<PendingCall> waiting = registration.waiting.all();
        slices.spend(waiting.size());
        for (PendingCall call : waiting) {
            if (registration.isEmpty()) {
                calls.endWithError(call, DealerErrors.CALLEE_LEFT);
            } else if (!registration.hasMoreThan(call.tried())) {
                calls.endWithError(call, DealerErrors.NO_CALLEE_LEFT);
            }
        }
    }

    // ---- Pieces.

    @InTurn
    private static Payload keptArguments(PendingCall call) {
        Payload keptArguments = call.keptArguments();
        return keptArguments == null ? Payload.NONE : keptArguments;
    }

    /** What becomes of a call that waited. */
    @InTurn
    private void conclude(PendingCall call, @Nullable Refusal refusal) {
        if (refusal != null) {
            calls.endWithError(call, refusal);
        } else if (call.place == Place.SENT) {
            settle(call, keptArguments(call));
        }
    }

    /** The call has gone to another callee, or later than it came: its arguments are keptArguments on or not, its parts follow. */
    @InTurn
    private void settle(PendingCall call, Payload arguments) {
        if (call.callee.registration.isShared() && call.callee.sessionCalls.canReroute()) {
            call.keep(arguments);
        } else {
            call.releaseArguments();
        }
        for (Call part : call.takeParts()) {
            if (call.place == Place.SENT && !placePart(call, part)) {
                calls.interruptWithError(call, DealerErrors.CALLEE_BUSY);
            }
        }
    }

    @InTurn
    private void detach(PendingCall call) {
        call.place = Place.NOWHERE;
        call.callee.sessionCalls.invocations.remove(call.invocation);
        call.callee.registration.count(call.callee, -1);
    }

    @InTurn
    private @Nullable Refusal placeElsewhere(PendingCall call, Payload arguments, Refusal before) {
        Registration registration = call.callee.registration;
        Refusal refusal = before;
        while (refusal != null) {
            if (refusal != DealerErrors.ALL_BUSY) {
                call.avoidCallee();
            }
            Callee next = registration.after(call.callee, call.tried());
            if (next == null) {
                return registration.hasMoreThan(call.tried()) ? await(call, arguments) : refusal;
            }
            call.callee = next;
            refusal = send(call, arguments);
        }
        return null;
    }

    /** Lets the call wait; tells why if it cannot. */
    @InTurn
    private @Nullable Refusal await(PendingCall call, Payload arguments) {
        WaitingCalls waiting = call.callee.registration.waiting;
        if (waiting.size() >= maxWaitingCalls || !call.keep(arguments)) {
            return DealerErrors.QUEUE_FULL;
        }
        waiting.add(call);
        call.place = Place.WAITING;
        return null;
    }

    @InTurn
    private @Nullable Refusal send(PendingCall call, Payload arguments) {
        SessionCalls callee = call.callee.sessionCalls;
        CallMessageOptions options = call.options;
        if (options.progress() && !callee.acceptsProgressiveCalls()) {
            return DealerErrors.NO_PARTS;
        }
        if (options.passthru() != null && !callee.supportsPassthru(Role.CALLEE)) {
            return DealerErrors.NO_PASSTHRU;
        }
        // Taken only if it is sent: a callee sees 1, 2, 3 and so on (section "IDs").
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
        Callee callee = call.callee;
        CallMessageOptions options = call.options;
        boolean named = call.grant.discloses(options.discloseMe() || callee.disclosesCaller);
        boolean pattern = callee.registration.match() != MatchPolicy.EXACT;
        if (!pattern && !named && call.grant.trustLevel() == null && options == CallMessageOptions.DEFAULT) {
            return InvocationDetails.NONE;
        }
        return new InvocationDetails(
                named ? call.caller.session.disclosure() : null,
                pattern ? call.procedure : null,
                call.grant.trustLevel(),
                timeouts.forwardedMillis(call),
                call.wantsProgress(),
                expectsMoreParts,
                options.passthru(),
                Dict.EMPTY);
    }
}
