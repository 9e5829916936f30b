package io.junctor.cluster.realm;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.InvalidBodyException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the testaments of the sessions of dead routers from the store, and passes them on so that they are published. Thread-safe. */
final class TestamentSweep {
    private static final Logger LOG = LoggerFactory.getLogger(TestamentSweep.class);

    private final Records records;
    /** The keys of the testaments that were published, but may still be in the store. */
    private final Set<String> published = ConcurrentHashMap.newKeySet();

    TestamentSweep(Records records) {
        this.records = records;
    }

    /**
     * Passes the testaments of each session of {@code router} to {@code heir}, and removes them. Completes when all are removed; fails if it is
     * unknown whether they are. Then a later attempt removes them, and passes nothing on a second time.
     */
    CompletionStage<Void> of(RouterId router, Consumer<TestamentStore.Of> heir) {
        return each(records, router, entry -> take(entry, heir));
    }

    /** Removes the testaments of a router without publishing them, because another router has already cleared up after it. */
    static CompletionStage<Void> remove(Records records, RouterId router) {
        return each(records, router, entry -> records.remove(entry.key()));
    }

    private static CompletionStage<Void> each(
            Records records, RouterId router, Function<Entry, CompletionStage<?>> step) {
        return records.list(TestamentStore.prefix(router) + ">")
                .thenCompose(found -> CompletableFuture.allOf(found.stream()
                        .map(entry -> step.apply(entry).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
    }

    private CompletionStage<Void> take(Entry entry, Consumer<TestamentStore.Of> heir) {
        if (published.add(entry.key())) {
            tell(entry, heir);
        }
        return records.remove(entry.key()).thenAccept(written -> {
            if (!(written instanceof Written.Accepted)) {
                throw new EngineException(
                        "the store does not tell whether the testaments " + entry.key() + " are removed", true);
            }
            published.remove(entry.key());
        });
    }

    private static void tell(Entry entry, Consumer<TestamentStore.Of> heir) {
        try {
            heir.accept(TestamentStore.read(entry));
        } catch (InvalidBodyException invalid) {
            LOG.warn("ignores the testaments {}: {}", entry.key(), invalid.getMessage());
        }
    }
}
