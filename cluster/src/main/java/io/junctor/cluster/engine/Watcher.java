package io.junctor.cluster.engine;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Is told the records of a store and each change. The engine calls it on one thread at a time; it must not block.
 *
 * <p>Changes come in the order of their revisions, which is the same on all routers. Where several changes of a record were
 * missed, only the last one may come.
 */
public interface Watcher {
    /** A record exists or has changed. */
    void onEntry(Entry entry);

    /**
     * A record was deleted.
     *
     * @param revision the number of that change, or of the latest known one
     */
    void onDeleted(String key, long revision);

    /**
     * The keys of the records that it was told, were not deleted and are of use to it. The engine asks for them when it has read the store.
     *
     * @return null if the watcher does not keep them, and the engine is to do so
     */
    default @Nullable Collection<String> keys() {
        return null;
    }

    /**
     * The store was made anew: revisions begin at 1 again. What it no longer has is told as deleted, and all that it has as entries, before
     * {@link #onCaughtUp}.
     */
    default void onMadeAnew() {}

    /**
     * Everything that the store had when it was read has been told. Comes after the first reading and after each later one,
     * such as after a lost connection.
     *
     * @param revision the number of the latest change, 0 in an empty store
     */
    void onCaughtUp(long revision);
}
