package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.protocol.InvalidBody;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the testaments of a router's sessions out of the store. */
final class TestamentSweep {
    private static final Logger LOG = LoggerFactory.getLogger(TestamentSweep.class);

    private TestamentSweep() {}

    /** Passes the testaments of each session of {@code router} to {@code heir}, and removes them. Completes when all are removed. */
    static CompletionStage<Void> of(Records records, RouterId router, Consumer<TestamentStore.Of> heir) {
        String prefix = TestamentStore.prefix(router);
        return StoreReading.of(records)
                .thenCompose(found -> CompletableFuture.allOf(found.stream()
                        .filter(entry -> entry.key().startsWith(prefix))
                        .map(entry -> {
                            tell(entry, heir);
                            return records.remove(entry.key()).toCompletableFuture();
                        })
                        .toArray(CompletableFuture<?>[]::new)));
    }

    private static void tell(Entry entry, Consumer<TestamentStore.Of> heir) {
        try {
            heir.accept(TestamentStore.read(entry));
        } catch (InvalidBody invalid) {
            LOG.warn("ignores the testaments {}: {}", entry.key(), invalid.getMessage());
        }
    }
}
