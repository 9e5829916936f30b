package io.junctor.cluster.engine;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Receives the records of a store and each change. The engine calls a watcher on one thread at a time; the watcher must not block.
 *
 * <p>Changes arrive in the order of their revisions, which is the same on all routers. If several changes of a record were missed, possibly
 * only the last of them arrives.
 */
public interface Watcher {
    /** A record exists or has changed. */
    void onEntry(Entry entry);

    /**
     * A record was deleted.
     *
     * @param revision the number of the deletion; if that is unknown, the number of the latest change of the store
     */
    void onDeleted(String key, long revision);

    /**
     * The keys of the reported records that were not deleted since and that the watcher uses. The engine calls this method when it has read the
     * store.
     *
     * @return the keys, or null if the watcher does not keep them; then the engine keeps them
     */
    default @Nullable Collection<String> keys() {
        return null;
    }

    /**
     * The store was created anew: revisions begin at 1 again. Before {@link #onCaughtUp}, the engine reports each record that no longer exists
     * as deleted, and each record that exists as an entry.
     */
    default void onMadeAnew() {}

    /**
     * All records that the store contained when it was read have been reported. The engine calls this method after the first reading and after
     * each later one, such as the reading after a lost connection.
     *
     * @param revision the number of the latest change, 0 in an empty store
     */
    void onCaughtUp(long revision);
}
