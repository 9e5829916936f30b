package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestFailure;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.Arguments;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. A call on its way. */
public final class PendingCall {
    private final CompletableFuture<Arguments> result;
    private final @Nullable ProgressiveResults parts;
    private final OutgoingCalls calls;
    private final OutgoingCalls.Open open;

    PendingCall(
            CompletableFuture<Arguments> result,
            @Nullable ProgressiveResults parts,
            OutgoingCalls calls,
            OutgoingCalls.Open open) {
        this.result = result;
        this.parts = parts;
        this.calls = calls;
        this.open = open;
    }

    /** The arguments of the final result. */
    public CompletableFuture<Arguments> result() {
        return result;
    }

    /** The partial results of a call that asked for some. */
    public ProgressiveResults parts() {
        return Objects.requireNonNull(parts, "no partial results were asked for");
    }

    /**
     * Sends a further part of the call, once there is room. Returns false if the call is over, so that nobody wants it.
     *
     * @throws RequestFailure if it cannot be sent
     */
    public boolean send(Arguments arguments, boolean last) {
        return calls.send(open, arguments, last);
    }

    /** Gives the call up; the router is asked to cancel it where it can. */
    public void abandon(CancelMode mode) {
        calls.abandon(open, mode);
    }

    /** Asks the callee to stop, and goes on waiting for its answer; returns false if the router cannot do that. */
    public boolean kill() {
        return calls.kill(open);
    }
}
