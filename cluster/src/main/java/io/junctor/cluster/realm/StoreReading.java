package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads all entries that a store has now. Not thread-safe: the engine calls it on one thread at a time. */
final class StoreReading implements Watcher {
    private final Map<String, Entry> entries = new TreeMap<>();
    private final CompletableFuture<List<Entry>> done = new CompletableFuture<>();

    private StoreReading() {}

    /** The entries in the order of their keys; completes on a thread of the engine. */
    static CompletionStage<List<Entry>> of(Records records) {
        StoreReading reading = new StoreReading();
        Watch watch = records.watch(reading);
        return reading.done.thenApply(entries -> {
            watch.close();
            return entries;
        });
    }

    @Override
    public void onEntry(Entry entry) {
        entries.put(entry.key(), entry);
    }

    @Override
    public void onDeleted(String key, long revision) {
        entries.remove(key);
    }

    @Override
    public void onCaughtUp(long revision) {
        done.complete(List.copyOf(entries.values()));
    }
}
