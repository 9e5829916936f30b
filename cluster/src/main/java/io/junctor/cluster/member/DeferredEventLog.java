package io.junctor.cluster.member;

import io.junctor.cluster.engine.EngineException;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.StoredEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A history of a realm that exists before its router has joined the cluster. Calls fail until {@link #open} sets the shared history; later
 * calls go to the shared history. Thread-safe.
 */
final class DeferredEventLog implements EventLog {
    /** Set once. */
    private volatile @Nullable EventLog opened;

    void open(EventLog history) {
        opened = history;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public CompletionStage<Void> append(StoredEvent event) {
        EventLog history = opened;
        return history == null ? notYet() : history.append(event);
    }

    @Override
    public CompletionStage<EventPage> read(EventQuery query) {
        EventLog history = opened;
        return history == null ? notYet() : history.read(query);
    }

    private static <T> CompletionStage<T> notYet() {
        return CompletableFuture.failedFuture(
                new EngineException("the router has not come into its cluster yet", true));
    }
}
