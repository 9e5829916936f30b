package io.junctor.cluster.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The records of one store, which all routers of the cluster read and change. Thread-safe; no method blocks. Stages complete on threads of the
 * engine.
 *
 * <p>If several changes of a record require the same revision, at most one of them is accepted. A condition concerns only the record that is
 * changed. Keys consist of tokens, as subjects do; a method throws {@link IllegalArgumentException} if its key has another form. A value may be
 * empty; the caller must not change it afterwards.
 */
public interface Records {
    /** Writes a record on condition that it does not exist. */
    CompletionStage<Written> create(String key, byte[] value);

    /** Writes a record on condition that it has the revision {@code revision}. */
    CompletionStage<Written> replace(String key, byte[] value, long revision);

    /** Writes a record, whether it exists or not. For records that only one router writes. */
    CompletionStage<Written> put(String key, byte[] value);

    /** Deletes a record on condition that it has the revision {@code revision}. */
    CompletionStage<Written> delete(String key, long revision);

    /** Deletes a record, whatever its revision. For records that only one router writes. */
    CompletionStage<Written> remove(String key);

    /**
     * Reads a record. The result contains all changes that were accepted before this call.
     *
     * @return the record, or empty if it does not exist; the stage fails with an {@link EngineException} if the store does not answer
     */
    CompletionStage<Optional<Entry>> read(String key);

    /**
     * Reads only the records whose keys match a pattern. The result contains all changes that were accepted before this call.
     *
     * @return the records in the order of their revisions; the stage fails with an {@link EngineException} if the store does not answer
     */
    CompletionStage<List<Entry>> list(String pattern);

    /** Passes all records to {@code watcher}, and from then on each change. */
    Watch watch(Watcher watcher);
}
