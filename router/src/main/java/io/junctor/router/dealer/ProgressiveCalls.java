package io.junctor.router.dealer;

import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes CALL messages that continue a call from CALL messages that begin a call (section "Progressive Call Invocations"). Confined
 * to the realm's turn.
 */
final class ProgressiveCalls {
    private final SessionCallsTable sessions;
    private final OpenCalls calls;
    private final BooleanSupplier strict;

    /** {@code strict} returns whether the realm presently compares request ids and procedures. */
    ProgressiveCalls(SessionCallsTable sessions, OpenCalls calls, BooleanSupplier strict) {
        this.sessions = sessions;
        this.calls = calls;
        this.strict = strict;
    }

    /** Handles a CALL as {@link Dealer#onLaterPart} says. */
    @InTurn
    boolean onLaterPart(Session session, Call call, boolean isUsed, @Nullable Refusal refusal) {
        boolean isAnnounced = session.roles().has(Role.CALLER, Feature.PROGRESSIVE_CALL_INVOCATIONS);
        if (call.options().progress() && !isAnnounced) {
            throw new ProtocolViolationException(
                    "CALL with progress where progressive_call_invocations is not announced");
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
     * Whether {@code call}, whose request id was used before, continues a progressive call that is open or has ended
     * (section "Progressive Call Invocations"). Strict realms compare the request id; others accept it from each caller
     * that makes progressive calls.
     */
    @InTurn
    private boolean isPart(Session session, Call call) {
        SessionCalls caller = sessions.of(session);
        boolean known = strict.getAsBoolean()
                ? caller.progressiveCallIds.contains(call.request())
                : !caller.progressiveCallIds.isEmpty();
        return known || caller.calls.containsKey(call.request());
    }

    /**
     * Passes a further CALL of a progressive call to the callee; does nothing if the call has ended.
     *
     * @throws ProtocolViolationException if the caller has already sent the final CALL; in strict realms also if {@code part} names another
     *     procedure
     */
    @InTurn
    void onPart(Session session, Call part) {
        PendingCall call = sessions.of(session).calls.get(part.request());
        if (call == null) {
            return;
        }
        boolean same = call.procedure.equals(part.procedure());
        if (!same && strict.getAsBoolean()) {
            throw new ProtocolViolationException("CALL continues an open call but names another procedure");
        }
        if (same || !call.options.progress()) {
            calls.continueCall(call, part);
        }
    }

    /** Ends an open progressive call whose further CALL cannot be passed on. */
    @InTurn
    private void onInvalidPart(Session session, Call part, Refusal refusal) {
        PendingCall call = sessions.of(session).calls.get(part.request());
        if (call != null && call.expectsMoreParts) {
            calls.interruptWithError(call, refusal);
        }
    }
}
