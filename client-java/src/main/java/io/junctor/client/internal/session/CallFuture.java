package io.junctor.client.internal.session;

import io.junctor.client.internal.engine.PendingCall;
import io.junctor.wamp.options.CancelMode;
import java.util.concurrent.CompletableFuture;

/** The future of a call. Canceling the future cancels the call. Thread-safe. */
public final class CallFuture<T> extends CompletableFuture<T> {
    private final PendingCall call;
    private final CancelMode mode;

    /** Creates the future of {@code call}. Canceling it cancels the call in this mode. */
    public CallFuture(PendingCall call, CancelMode mode) {
        this.call = call;
        this.mode = mode;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (mode == CancelMode.KILL && call.kill()) {
            return isCancelled();
        }
        boolean canceled = super.cancel(mayInterruptIfRunning);
        if (canceled) {
            call.abandon(mode);
        }
        return canceled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
