package io.junctor.cluster.member;

import io.junctor.cluster.engine.EngineException;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.StoredEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The history of a realm from before its router joins the cluster: fails until {@link #open} gives it the shared history, then passes all on to that. Thread-safe. */
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
