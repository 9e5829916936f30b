package io.junctor.cluster.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Records of one store, which all routers of the cluster read and change. Thread-safe; no method blocks. Stages complete on
 * threads of the engine.
 *
 * <p>Of several conditional changes of a record at the same revision at most one is accepted. A condition covers its own
 * record only. Keys consist of tokens as subjects do; a method throws {@link IllegalArgumentException} if its key has another form.
 * Values may be empty and must not be changed afterwards.
 */
public interface Records {
    /** Writes a record that does not exist. */
    CompletionStage<Written> create(String key, byte[] value);

    /** Writes a record that has the revision {@code revision}. */
    CompletionStage<Written> replace(String key, byte[] value, long revision);

    /** Writes a record, whether it exists or not. For records that one router alone writes. */
    CompletionStage<Written> put(String key, byte[] value);

    /** Deletes a record that has the revision {@code revision}. */
    CompletionStage<Written> delete(String key, long revision);

    /** Deletes a record, whatever its revision. For records that one router alone writes. */
    CompletionStage<Written> remove(String key);

    /**
     * Reads a record as it is after all changes that were accepted before.
     *
     * @return empty if there is no such record; fails with an {@link EngineException} if the store does not answer
     */
    CompletionStage<Optional<Entry>> read(String key);

    /**
     * Reads the records whose keys match a pattern, and no others; all changes that were accepted before are in them.
     *
     * @return in the order of their revisions; fails with an {@link EngineException} if the store does not answer
     */
    CompletionStage<List<Entry>> list(String pattern);

    /** Tells {@code watcher} all records, and from then on all changes. */
    Watch watch(Watcher watcher);
}
