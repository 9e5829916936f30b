package io.junctor.router.dealer;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.OutboxListener.Problem;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.List;

/** The errors with which the dealer answers. */
final class DealerErrors {
    static final Refusal CALLEE_BUSY =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "the callee reads too slowly: its outbox is full");
    static final Refusal ALL_BUSY =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "every callee has reached its limit of open invocations");
    static final Refusal QUEUE_FULL = Refusal.of(
            WampError.NO_AVAILABLE_CALLEE,
            "every callee has reached its limit of open invocations, and the queue is full (limit waiting_calls)");
    static final Refusal NO_CALLEE_LEFT =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "every callee answered that it is unavailable");
    static final Refusal NO_PARTS = Refusal.of(
            WampError.FEATURE_NOT_SUPPORTED,
            "the callee does not announce progressive_call_invocations and call_canceling");
    static final Refusal NO_PASSTHRU =
            Refusal.of(WampError.FEATURE_NOT_SUPPORTED, "the callee does not announce payload_passthru_mode");
    static final Refusal NO_PASSTHRU_BACK =
            Refusal.of(WampError.FEATURE_NOT_SUPPORTED, "the caller does not announce payload_passthru_mode");
    static final Refusal CALLER_SLOW =
            Refusal.of(WampError.CANCELED, "the caller reads the results too slowly: its outbox is full");
    static final Refusal TIMED_OUT = Refusal.of(WampError.TIMEOUT, "the call took longer than its timeout");
    static final Refusal TOO_MANY_SHAPES = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "no pattern has empty parts at the same places as this one, and the number of such wildcard shapes has"
                    + " reached the limit wildcard_shapes or wildcard_shapes_per_session");
    static final Refusal CALLEE_LEFT = Refusal.of(WampError.CANCELED, "the callee left before it answered");
    static final Refusal OVERTAKEN = Refusal.of(
            WampError.CANCELED,
            "the callee left before it got the call, and the next one has got a later call of the caller");
    static final Refusal ALONE = Refusal.of(
            WampError.NETWORK_FAILURE,
            "the router has lost the other routers of its cluster, and cannot know who serves the procedure: try"
                    + " again");
    static final Refusal UNREACHABLE = Refusal.of(WampError.CANCELED, "the router of the callee cannot be reached");
    static final Refusal LOST = Refusal.of(
            WampError.CANCELED, "the call or its answer was lost between two routers: the callee may have got it");
    static final Refusal CANCELED = Refusal.of(WampError.CANCELED, "the call was canceled");

    /** The reasons for which the router of a callee may return a call although the callee is still registered. */
    private static final List<Refusal> GIVEN_BACK =
            List.of(CALLEE_BUSY, ALL_BUSY, QUEUE_FULL, NO_CALLEE_LEFT, NO_PARTS, NO_PASSTHRU);

    private DealerErrors() {}

    /** The error for a call that cannot be sent to its callee. */
    static Refusal undeliverableCall(Problem problem) {
        return switch (problem) {
            case Problem.Unrepresentable what ->
                Refusal.of(
                        WampError.INVALID_PAYLOAD,
                        "the call cannot be sent in the callee's serialization: " + what.text());
            case Problem.TooLarge sizes ->
                Refusal.of(
                        WampError.PAYLOAD_SIZE_EXCEEDED,
                        "the call takes " + sizes.bytes() + " bytes for the callee, which accepts messages of "
                                + sizes.limitBytes() + " bytes");
        };
    }

    /** The error for a call whose answer cannot be sent to the caller. */
    static Refusal undeliverableAnswer(Problem problem) {
        return switch (problem) {
            case Problem.Unrepresentable what ->
                Refusal.of(
                        WampError.INVALID_PAYLOAD,
                        "the callee's answer cannot be sent in the caller's serialization: " + what.text());
            case Problem.TooLarge sizes ->
                Refusal.of(
                        WampError.PAYLOAD_SIZE_EXCEEDED,
                        "the callee's answer takes " + sizes.bytes()
                                + " bytes for the caller, which accepts messages of " + sizes.limitBytes() + " bytes");
        };
    }

    /** The error for a call whose large answer does not fit into the outbox of the caller. */
    static Refusal answerWithoutRoom(int bytes, long waitingBytes) {
        return Refusal.of(
                WampError.PAYLOAD_SIZE_EXCEEDED,
                "the callee's answer has " + bytes + " bytes and " + waitingBytes
                        + " bytes wait for the caller already, more than outbox_bytes or the heap allows");
    }

    /** The error for a session that has reached its limit of registrations. */
    static Refusal tooManyRegistrations(RealmLimits limits) {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "this session has " + limits.registrations() + " registrations, the limit (registrations)");
    }

    /** The error for a session that has reached its limit of open calls. */
    static Refusal tooManyCalls(RealmLimits limits) {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "this session has " + limits.pendingCalls() + " open calls, the limit (pending_calls)");
    }

    /** The error for a session whose open calls have reached their limit of bytes. */
    static Refusal callsTooLarge(RealmLimits limits) {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "with this call, the open calls of this session use more than " + limits.outboxBytes()
                        + " bytes, the limit (outbox_bytes), or more than their share of what all sessions may use"
                        + " (outbox_heap_percent)");
    }

    /** The error for a call of a procedure that no registration matches. */
    static Refusal noSuchProcedure(Uri procedure) {
        return Refusal.of(WampError.NO_SUCH_PROCEDURE, "no callee has registered the procedure " + procedure.text());
    }

    /** The reason why the router of a callee returned a call. */
    static Refusal ofGivenBack(ErrorMessage error) {
        if (error.error().equals(WampError.NO_SUCH_REGISTRATION.uri())) {
            return CALLEE_LEFT;
        }
        return GIVEN_BACK.stream()
                .filter(known -> known.error().uri().equals(error.error()))
                .filter(known -> isSame(known.payload(), error.payload()))
                .findFirst()
                .orElse(error.error().equals(WampError.NO_AVAILABLE_CALLEE.uri()) ? QUEUE_FULL : UNREACHABLE);
    }

    private static boolean isSame(Payload one, Payload other) {
        return Arrays.equals(
                one.bytes(),
                one.offset(),
                one.offset() + one.length(),
                other.bytes(),
                other.offset(),
                other.offset() + other.length());
    }

    /** The error for a procedure that another session has registered and does not share. */
    static Refusal alreadyRegistered(Uri procedure) {
        return alreadyExists(procedure, "is registered by another session, which does not share it");
    }

    /** The error for a procedure that the same session has already registered. */
    static Refusal alreadyRegisteredBySession(Uri procedure) {
        return alreadyExists(procedure, "is registered by this session already");
    }

    /** The error for a procedure that is shared with another invocation policy than the session requests. */
    static Refusal otherInvokePolicy(Uri procedure, InvokePolicy invoke) {
        return alreadyExists(procedure, "is shared with other options (invoke: " + invoke.wire() + ")");
    }

    /** The error for a session that unregisters a registration which it does not hold. */
    static Refusal noSuchRegistration(long registration) {
        return Refusal.of(
                WampError.NO_SUCH_REGISTRATION, "this session holds no registration with the id " + registration);
    }

    private static Refusal alreadyExists(Uri procedure, String why) {
        return Refusal.of(WampError.PROCEDURE_ALREADY_EXISTS, "the procedure " + procedure.text() + " " + why);
    }
}
