package io.junctor.cluster.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A journal: all routers of the cluster append entries under keys, and read the entries of a key in the order in which they were appended.
 * Thread-safe; no method blocks. Stages complete on threads of the engine.
 *
 * <p>Keys have the form of the keys of {@link Records}. The caller must not change a value that it has passed to a method.
 */
public interface Journal {
    /**
     * Appends an entry after the other entries of its key. Entries that one thread appends keep their order.
     *
     * @param age how long the entry is kept; engines may round it up to a second
     * @return the outcome, which is never a {@link Written.Conflict}
     */
    CompletionStage<Written> append(String key, byte[] value, Duration age);

    /**
     * Reads the entries of a key, the oldest first. The result contains all changes that were accepted before this call.
     *
     * @return the entries; the stage fails with an {@link EngineException} if the journal does not answer
     */
    CompletionStage<List<Entry>> read(String key);

    /**
     * Removes the oldest entries of a key until at most {@code most} are left. The stage completes when they are removed; it fails as in {@link
     * #read}.
     */
    CompletionStage<Void> keepLast(String key, int most);

    /**
     * Removes the entries of a key whose revision is below {@code revision}. The stage completes when they are removed; it fails as in {@link
     * #read}.
     */
    CompletionStage<Void> removeBefore(String key, long revision);
}
