package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.UriCheck;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes and cancels the calls of this session. Thread-safe. */
final class OutgoingCalls {
    private static final CallMessageOptions PART =
            new CallMessageOptions(0, false, true, false, null, List.of(), Dict.EMPTY);

    private final ReentrantLock lock;
    private final RequestSender sender;
    private final FlowControl demand;
    private final SessionPayloadCodec contents;

    /** A call and its request, which was sent or could not be sent. */
    record StartedCall(
            PendingRequest<Result> request,
            Uri procedure,
            @Nullable String scheme) {}

    OutgoingCalls(ReentrantLock lock, RequestSender sender, FlowControl demand, SessionPayloadCodec contents) {
        this.lock = lock;
        this.sender = sender;
        this.demand = demand;
        this.contents = contents;
    }

    PendingCall call(OutgoingCall call) {
        String label = "CALL " + call.procedure();
        PendingRequest<Result> request = new PendingRequest<>(Call.CODE, label, Result.class);
        ProgressiveResults parts = call.progress() ? partsOf(request) : null;
        try {
            UriCheck.check(label, call.procedure());
            SessionPayloadCodec.EncodedPayload written = contents.write(label, call.arguments(), call.scheme());
            CallMessageOptions options = options(call, written.passthru());
            sender.request(
                    request, call.timeoutNanos(), id -> new Call(id, options, call.procedure(), written.payload()));
            demand.resumeIfPaused();
        } catch (RequestException failure) {
            request.answer().completeExceptionally(failure);
        }
        CompletableFuture<Arguments> result = request.answer().thenApply(this::argumentsOf);
        return new PendingCall(result, parts, this, new StartedCall(request, call.procedure(), call.scheme()));
    }

    private ProgressiveResults partsOf(PendingRequest<Result> request) {
        ProgressiveResults parts = new ProgressiveResults(lock, demand, contents);
        request.onPart(parts::addLocked);
        var unused = request.answer().whenComplete((answer, failure) -> parts.finish(failure));
        return parts;
    }

    boolean send(StartedCall open, Arguments arguments, boolean last) {
        String label = open.request.label();
        SessionPayloadCodec.EncodedPayload written = contents.write(label, arguments, open.scheme);
        CallMessageOptions options = last ? CallMessageOptions.DEFAULT : PART;
        return sender.continued(open.request, id -> new Call(id, options, open.procedure, written.payload()));
    }

    void abandon(StartedCall open, CancelMode mode) {
        sender.cancel(open.request, mode);
        open.request.answer().completeExceptionally(RequestException.of(WampError.CANCELED, "canceled"));
    }

    boolean kill(StartedCall open) {
        return sender.kill(open.request);
    }

    private Arguments argumentsOf(Result result) {
        try {
            return contents.read(result.payload(), result.details().passthru());
        } catch (ProtocolViolationException problem) {
            throw RequestException.of(
                    WampError.INVALID_PAYLOAD, "the result cannot be read: " + problem.getMessage(), problem);
        }
    }

    private static CallMessageOptions options(OutgoingCall call, @Nullable PassthruOptions passthru) {
        CallMessageOptions given = call.options();
        if (passthru == null && !call.progress() && !call.inParts()) {
            return given;
        }
        return new CallMessageOptions(
                given.timeoutMillis(),
                call.progress(),
                call.inParts(),
                given.discloseMe(),
                passthru,
                given.forwardFor(),
                given.extra());
    }
}
