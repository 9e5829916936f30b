package io.junctor.client;

import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.engine.PendingCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call whose arguments are sent in several parts (section "Progressive Call Invocations"). The callee may send
 * progressive results before it has received all parts. Thread-safe.
 */
public final class ProgressiveCall implements AutoCloseable {
    private final PendingCall call;
    private final ValueConverter conversion;
    private final ResultStream results;

    ProgressiveCall(PendingCall call, ValueConverter conversion, ResultStream results) {
        this.call = call;
        this.conversion = conversion;
        this.results = results;
    }

    /** Sends positional arguments as a further part, like {@link #send(Args)}. */
    public boolean send(@Nullable Object... arguments) {
        return send(Args.of(arguments));
    }

    /**
     * Sends a further part. Waits while the send buffer is full. If the callee has already answered, does not send the part
     * and returns false.
     */
    public boolean send(Args args) {
        return part(args, false);
    }

    /** Sends the last part and waits for the result. */
    public Result finish(@Nullable Object... arguments) {
        return finish(Args.of(arguments));
    }

    /** Sends the last part and waits for the result. Progressive results that were not read are dropped. */
    public Result finish(Args args) {
        part(args, true);
        return results.result();
    }

    /** Sends the last part without waiting for the result. Progressive results can still be read. */
    public CompletableFuture<Result> finishAsync(Args args) {
        try {
            part(args, true);
        } catch (WampException unwritable) {
            return CompletableFuture.failedFuture(unwritable);
        }
        return Futures.visible(call.result(), arguments -> new Result(arguments, conversion));
    }

    /** Returns the progressive results. */
    public ResultStream results() {
        return results;
    }

    /** Cancels the call if it has not ended. */
    @Override
    public void close() {
        results.close();
    }

    private boolean part(Args args, boolean last) {
        try {
            return call.send(conversion.write(args), last);
        } catch (RequestException failure) {
            throw Futures.translated(failure);
        }
    }
}
