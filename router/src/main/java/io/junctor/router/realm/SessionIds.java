package io.junctor.router.realm;

import io.junctor.router.session.RandomIds;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Safe for use by many threads. The session ids in use: no two live sessions of a router have the same. */
final class SessionIds {
    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();

    /** An id that no live session has, drawn from {@code random}. */
    long take(RandomIds random) {
        long id = random.next();
        while (!inUse.add(id)) {
            id = random.next();
        }
        return id;
    }

    void free(long id) {
        inUse.remove(id);
    }

    /** How many sessions live. */
    int size() {
        return inUse.size();
    }
}
