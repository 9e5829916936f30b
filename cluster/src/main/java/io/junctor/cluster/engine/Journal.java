package io.junctor.cluster.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Entries that all routers of the cluster append under keys, and read in the order in which they were appended. Thread-safe; no method
 * blocks. Stages complete on threads of the engine.
 *
 * <p>Keys are as those of {@link Records}. Values must not be changed afterwards.
 */
public interface Journal {
    /**
     * Appends an entry behind those of its key. What one thread appends keeps its order.
     *
     * @param age how long the entry is kept; engines may round it up to a second
     * @return never a conflict
     */
    CompletionStage<Written> append(String key, byte[] value, Duration age);

    /**
     * Reads the entries of a key, the oldest first, as they are after all that were accepted before.
     *
     * @return fails with an {@link EngineException} if the engine does not answer
     */
    CompletionStage<List<Entry>> read(String key);

    /** Removes the oldest entries of a key if there are more than {@code most}. Completes when that is done; fails as {@link #read}. */
    CompletionStage<Void> keepLast(String key, int most);

    /** Removes the entries of a key whose revision is below {@code revision}. Completes when that is done; fails as {@link #read}. */
    CompletionStage<Void> removeBefore(String key, long revision);
}
