package io.junctor.client.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A handler that is attached to a subscription or registration of the router. Thread-safe. */
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

    /** Completes when the router revokes the subscription or registration, with the reason or an empty text. */
    public CompletableFuture<String> revoked() {
        return revoked;
    }

    /**
     * Detaches the handler. The future completes when the router has answered, or at once if no request is necessary. Later calls
     * return the same future.
     */
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
}
