package io.junctor.client.engine;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The calls this side makes. */
final class Calls {
    private static final CallMessageOptions PART =
            new CallMessageOptions(0, false, true, false, null, List.of(), Dict.EMPTY);

    private final ReentrantLock lock;
    private final Sender sender;
    private final Demand demand;
    private final Contents contents;

    /** A call that was sent, or failed to be. */
    record Open(
            Request<Result> request,
            Uri procedure,
            @Nullable String scheme) {}

    Calls(ReentrantLock lock, Sender sender, Demand demand, Contents contents) {
        this.lock = lock;
        this.sender = sender;
        this.demand = demand;
        this.contents = contents;
    }

    PendingCall call(OutgoingCall call) {
        String label = "CALL " + call.procedure();
        Request<Result> request = new Request<>(Call.CODE, label, Result.class);
        PartialResults parts = call.progress() ? partsOf(request) : null;
        try {
            Uris.check(label, call.procedure());
            Contents.Written written = contents.write(label, call.arguments(), call.scheme());
            CallMessageOptions options = options(call, written.passthru());
            sender.request(
                    request, call.timeoutNanos(), id -> new Call(id, options, call.procedure(), written.payload()));
            demand.resumeIfPaused();
        } catch (Failure failure) {
            request.answer().completeExceptionally(failure);
        }
        CompletableFuture<Arguments> result = request.answer().thenApply(this::argumentsOf);
        return new PendingCall(result, parts, this, new Open(request, call.procedure(), call.scheme()));
    }

    private PartialResults partsOf(Request<Result> request) {
        PartialResults parts = new PartialResults(lock, demand, contents);
        request.onPart(parts::addLocked);
        var unused = request.answer().whenComplete((answer, failure) -> parts.finish(failure));
        return parts;
    }

    boolean send(Open open, Arguments arguments, boolean last) {
        String label = open.request.label();
        Contents.Written written = contents.write(label, arguments, open.scheme);
        CallMessageOptions options = last ? CallMessageOptions.DEFAULT : PART;
        return sender.continued(open.request, id -> new Call(id, options, open.procedure, written.payload()));
    }

    void abandon(Open open, CancelMode mode) {
        sender.cancel(open.request, mode);
        open.request.answer().completeExceptionally(Failure.of(WampError.CANCELED, "canceled"));
    }

    boolean kill(Open open) {
        return sender.kill(open.request);
    }

    private Arguments argumentsOf(Result result) {
        try {
            return contents.read(result.payload(), result.details().passthru());
        } catch (ProtocolViolation problem) {
            throw Failure.of(WampError.INVALID_PAYLOAD, "the result cannot be read: " + problem.getMessage(), problem);
        }
    }

    private static CallMessageOptions options(OutgoingCall call, @Nullable Passthru passthru) {
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
