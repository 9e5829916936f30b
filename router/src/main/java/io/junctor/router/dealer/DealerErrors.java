package io.junctor.router.dealer;

import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.WampError;

/** Immutable. The errors a dealer answers with. */
final class DealerErrors {
    static final Refusal ALREADY_REGISTERED =
            Refusal.of(WampError.PROCEDURE_ALREADY_EXISTS, "this procedure is registered already");
    static final Refusal OTHER_INVOKE = Refusal.of(
            WampError.PROCEDURE_ALREADY_EXISTS, "this procedure is shared already, with another value of invoke");
    static final Refusal HELD_ALREADY =
            Refusal.of(WampError.PROCEDURE_ALREADY_EXISTS, "this session has registered this procedure already");
    static final Refusal NO_REGISTRATION =
            Refusal.of(WampError.NO_SUCH_REGISTRATION, "this session holds no registration with this id");
    static final Refusal TOO_MANY_REGISTRATIONS = Refusal.of(
            WampError.LIMIT_EXCEEDED, "this session holds as many registrations as limit registrations allows");
    static final Refusal NO_PROCEDURE =
            Refusal.of(WampError.NO_SUCH_PROCEDURE, "no callee has registered this procedure");
    static final Refusal TOO_MANY_CALLS =
            Refusal.of(WampError.LIMIT_EXCEEDED, "this session has as many open calls as limit pending_calls allows");
    static final Refusal CALLS_TOO_LARGE = Refusal.of(
            WampError.LIMIT_EXCEEDED, "the open calls of this session hold as many bytes as limit outbox_bytes allows");
    static final Refusal CALLEE_BUSY =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "the callee does not keep up: its outbox is full");
    static final Refusal ALL_BUSY =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "every callee has as many open invocations as it wants");
    static final Refusal QUEUE_FULL = Refusal.of(
            WampError.NO_AVAILABLE_CALLEE,
            "every callee has as many open invocations as it wants, and no more calls may wait (limit waiting_calls)");
    static final Refusal NO_CALLEE_LEFT =
            Refusal.of(WampError.NO_AVAILABLE_CALLEE, "every callee asked to call another");
    static final Refusal NO_PARTS = Refusal.of(
            WampError.FEATURE_NOT_SUPPORTED,
            "the callee does not announce progressive_call_invocations and call_canceling");
    static final Refusal NO_PASSTHRU =
            Refusal.of(WampError.FEATURE_NOT_SUPPORTED, "the callee does not announce payload_passthru_mode");
    static final Refusal NO_PASSTHRU_BACK =
            Refusal.of(WampError.FEATURE_NOT_SUPPORTED, "the caller does not announce payload_passthru_mode");
    static final Refusal CALLER_SLOW =
            Refusal.of(WampError.CANCELED, "the caller does not keep up with the results: its outbox is full");
    static final Refusal TIMED_OUT = Refusal.of(WampError.TIMEOUT, "the call took longer than its timeout");
    static final Refusal TOO_MANY_SHAPES = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "the empty parts of this pattern are where those of no other are, and there are as many such shapes as limits"
                    + " wildcard_shapes and wildcard_shapes_per_session allow");
    static final Refusal CALLEE_LEFT = Refusal.of(WampError.CANCELED, "the callee left before it answered");
    static final Refusal CANCELED = Refusal.of(WampError.CANCELED, "the call was canceled");
    static final Refusal INVOCATION_UNREPRESENTABLE =
            Refusal.of(WampError.INVALID_PAYLOAD, "the arguments have no form in the callee's serialization");
    static final Refusal INVOCATION_TOO_LARGE =
            Refusal.of(WampError.PAYLOAD_SIZE_EXCEEDED, "the call is larger than the callee takes");
    static final Refusal ANSWER_UNREPRESENTABLE =
            Refusal.of(WampError.INVALID_PAYLOAD, "the answer has no form in the caller's serialization");
    static final Refusal ANSWER_TOO_LARGE =
            Refusal.of(WampError.PAYLOAD_SIZE_EXCEEDED, "the answer is larger than the caller takes");

    private DealerErrors() {}
}
