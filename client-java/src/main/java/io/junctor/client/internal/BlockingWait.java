package io.junctor.client.internal;

import io.junctor.wamp.value.WampError;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for futures of the engine. Thread-safe. */
public final class BlockingWait {
    private BlockingWait() {}

    /**
     * Returns the value of {@code future} or throws its failure. An interrupt ends the wait with
     * {@link RequestException}; the thread stays interrupted.
     */
    public static <T> T on(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (CancellationException canceled) {
            throw RequestException.of(WampError.CANCELED, "canceled", canceled);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RequestException.of(WampError.CANCELED, "interrupted while waiting for the router", interrupted);
        }
    }
}
