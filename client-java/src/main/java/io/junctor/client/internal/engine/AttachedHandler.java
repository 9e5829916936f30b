package io.junctor.client.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. A handler that is attached to a subscription or registration of the router. */
public final class AttachedHandler {
    private final long id;
    private final CompletableFuture<String> revoked;
    private final Supplier<CompletableFuture<Void>> detach;
    private final AtomicReference<@Nullable CompletableFuture<Void>> released = new AtomicReference<>();

    AttachedHandler(long id, CompletableFuture<String> revoked, Supplier<CompletableFuture<Void>> detach) {
        this.id = id;
        this.revoked = revoked;
        this.detach = detach;
    }

    /** The router's id of the subscription or registration. */
    public long id() {
        return id;
    }

    /** Completes with the reason, empty where the router gave none, when the router ends it; else never. */
    public CompletableFuture<String> revoked() {
        return revoked;
    }

    /** Detaches the handler, once; completes when the router has answered, or at once if it need not be asked. */
    public CompletableFuture<Void> release() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> earlier = released.compareAndExchange(null, mine);
        if (earlier != null) {
            return earlier;
        }
        var unused = detach.get().whenComplete((done, failure) -> {
            if (failure == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /** Whether it was released. */
    public boolean isReleased() {
        return released.get() != null;
    }
}
