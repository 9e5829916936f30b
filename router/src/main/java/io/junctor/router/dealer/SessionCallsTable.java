package io.junctor.router.dealer;

import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import java.util.Collection;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Every session that has, or had, to do with calls. */
final class SessionCallsTable {
    private final Long2ObjectHashMap<SessionCalls> bySession = new Long2ObjectHashMap<>();

    private final ProgressAnnouncement progress;

    /** Nobody yet; {@code progress} says which callees are told that partial results are welcome. */
    SessionCallsTable(ProgressAnnouncement progress) {
        this.progress = progress;
    }

    /** What {@code session} has to do with calls. */
    @InTurn
    SessionCalls of(Session session) {
        return bySession.computeIfAbsent(session.id(), id -> new SessionCalls(session, progress));
    }

    /** The same by the session's id, or null. */
    @InTurn
    @Nullable
    SessionCalls find(long session) {
        return bySession.get(session);
    }

    /** Forgets a session that leaves; null if it had nothing to do with calls. */
    @InTurn
    @Nullable
    SessionCalls remove(Session session) {
        return bySession.remove(session.id());
    }

    @InTurn
    Collection<SessionCalls> all() {
        return bySession.values();
    }
}
