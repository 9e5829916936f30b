package io.junctor.router.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Allocates session ids: no two sessions of a router, open or in a handshake, have the same id. Thread-safe. */
public final class SessionIds {
    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reserved = new AtomicInteger();
    private final RandomIds random;

    /** Creates an allocator without allocated ids. No other object may use {@code random}. */
    public SessionIds(RandomIds random) {
        this.random = random;
    }

    /** Allocates an id that no other session has, from {@code source}. */
    public long take(RandomIds source) {
        long id = source.next();
        while (!inUse.add(id)) {
            id = source.next();
        }
        return id;
    }

    /** Reserves an id for a client that is not authenticated yet. The caller then calls either {@link #confirm} or {@link #cancel} once. */
    public long reserve() {
        reserved.incrementAndGet();
        synchronized (random) {
            return take(random);
        }
    }

    /** Confirms a reservation, because the session begins. */
    public void confirm() {
        reserved.decrementAndGet();
    }

    /** Cancels a reservation, because the session does not begin. */
    public void cancel(long id) {
        free(id);
        reserved.decrementAndGet();
    }

    /** Frees the id of a session that has ended. */
    public void free(long id) {
        inUse.remove(id);
    }

    /** The number of open sessions. */
    public int size() {
        return inUse.size() - reserved.get();
    }
}
