package io.junctor.router.realm;

import io.junctor.router.session.RandomIds;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Safe for use by many threads. The session ids in use: no two live or coming sessions of a router have the same. */
final class SessionIds {
    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();
    private final AtomicInteger coming = new AtomicInteger();
    private final RandomIds random;

    /** {@code random} belongs to this object. */
    SessionIds(RandomIds random) {
        this.random = random;
    }

    /** An id that no other session has, drawn from {@code source}. */
    long take(RandomIds source) {
        long id = source.next();
        while (!inUse.add(id)) {
            id = source.next();
        }
        return id;
    }

    /** An id for a client that has yet to say who it is; {@link #confirm} or {@link #cancel} comes once. */
    long reserve() {
        coming.incrementAndGet();
        synchronized (random) {
            return take(random);
        }
    }

    /** The session that the id was reserved for begins. */
    void confirm() {
        coming.decrementAndGet();
    }

    /** The session that the id was reserved for never begins. */
    void cancel(long id) {
        free(id);
        coming.decrementAndGet();
    }

    void free(long id) {
        inUse.remove(id);
    }

    /** How many sessions live. */
    int size() {
        return inUse.size() - coming.get();
    }
}
