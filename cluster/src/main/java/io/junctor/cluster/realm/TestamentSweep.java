package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Follower;
import io.junctor.cluster.engine.Following;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.protocol.InvalidBody;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the testaments of a router's sessions out of the store. Confined to the engine's thread that follows it. */
final class TestamentSweep implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(TestamentSweep.class);

    private final String prefix;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final CompletableFuture<List<Entry>> read = new CompletableFuture<>();

    private TestamentSweep(RouterId router) {
        this.prefix = TestamentStore.prefix(router);
    }

    /** Passes the testaments of each session of {@code router} to {@code heir}, and removes them. Completes when all are removed. */
    static CompletionStage<Void> of(Records records, RouterId router, Consumer<TestamentStore.Of> heir) {
        TestamentSweep sweep = new TestamentSweep(router);
        Following following = records.follow(sweep);
        return sweep.read.thenCompose(found -> {
            following.close();
            return CompletableFuture.allOf(found.stream()
                    .map(entry -> {
                        tell(entry, heir);
                        return records.remove(entry.key()).toCompletableFuture();
                    })
                    .toArray(CompletableFuture<?>[]::new));
        });
    }

    private static void tell(Entry entry, Consumer<TestamentStore.Of> heir) {
        try {
            heir.accept(TestamentStore.read(entry));
        } catch (InvalidBody invalid) {
            LOG.warn("ignores the testaments {}: {}", entry.key(), invalid.getMessage());
        }
    }

    @Override
    public void onEntry(Entry entry) {
        if (entry.key().startsWith(prefix)) {
            entries.put(entry.key(), entry);
        }
    }

    @Override
    public void onDeleted(String key, long revision) {
        entries.remove(key);
    }

    @Override
    public void onCaughtUp(long revision) {
        read.complete(List.copyOf(entries.values()));
    }
}
