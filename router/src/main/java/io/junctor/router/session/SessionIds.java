package io.junctor.router.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Allocates session ids: no two sessions of a router, open or in a handshake, have the same. Thread-safe. */
public final class SessionIds {
    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reserved = new AtomicInteger();
    private final RandomIds random;

    /** Starts without ids in use. No other object may use {@code random}. */
    public SessionIds(RandomIds random) {
        this.random = random;
    }

    /** An id that no other session has, drawn from {@code source}. */
    public long take(RandomIds source) {
        long id = source.next();
        while (!inUse.add(id)) {
            id = source.next();
        }
        return id;
    }

    /** An id for a client that is not authenticated yet; then {@link #confirm} or {@link #cancel} is called once. */
    public long reserve() {
        reserved.incrementAndGet();
        synchronized (random) {
            return take(random);
        }
    }

    /** The session that the id was reserved for begins. */
    public void confirm() {
        reserved.decrementAndGet();
    }

    /** The session that the id was reserved for never begins. */
    public void cancel(long id) {
        free(id);
        reserved.decrementAndGet();
    }

    /** The session with this id has ended. */
    public void free(long id) {
        inUse.remove(id);
    }

    /** How many sessions are open. */
    public int size() {
        return inUse.size() - reserved.get();
    }
}
