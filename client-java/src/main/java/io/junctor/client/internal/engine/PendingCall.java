package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.Arguments;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that has no final result yet. Thread-safe. */
public final class PendingCall {
    private final CompletableFuture<Arguments> result;
    private final @Nullable ProgressiveResults parts;
    private final OutgoingCalls calls;
    private final OutgoingCalls.StartedCall open;

    PendingCall(
            CompletableFuture<Arguments> result,
            @Nullable ProgressiveResults parts,
            OutgoingCalls calls,
            OutgoingCalls.StartedCall open) {
        this.result = result;
        this.parts = parts;
        this.calls = calls;
        this.open = open;
    }

    /** The arguments of the final result. */
    public CompletableFuture<Arguments> result() {
        return result;
    }

    /** The progressive results, if the call accepts them. */
    public ProgressiveResults parts() {
        return Objects.requireNonNull(parts, "no partial results were asked for");
    }

    /**
     * Sends a further part of the arguments. Waits while the send buffer is full. Returns false if the call has ended.
     *
     * @throws RequestException if the part cannot be sent
     */
    public boolean send(Arguments arguments, boolean last) {
        return calls.send(open, arguments, last);
    }

    /** Ends the call without waiting for its answer, and sends {@code CANCEL} if the router supports it. */
    public void abandon(CancelMode mode) {
        calls.abandon(open, mode);
    }

    /**
     * Sends {@code CANCEL} with mode {@code kill}. The call ends with the callee's answer. Returns false if the router
     * cannot cancel.
     */
    public boolean kill() {
        return calls.kill(open);
    }
}
