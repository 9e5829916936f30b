package io.junctor.router.dealer;

import io.junctor.router.config.Progress;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import java.util.Collection;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Every session that has, or had, to do with calls. */
final class Parties {
    private final Long2ObjectHashMap<Party> bySession = new Long2ObjectHashMap<>();

    private final Progress progress;

    /** Nobody yet; {@code progress} says which callees are told that partial results are welcome. */
    Parties(Progress progress) {
        this.progress = progress;
    }

    /** What {@code session} has to do with calls. */
    @InTurn
    Party of(Session session) {
        return bySession.computeIfAbsent(session.id(), id -> new Party(session, progress));
    }

    /** The same by the session's id, or null. */
    @InTurn
    @Nullable
    Party find(long session) {
        return bySession.get(session);
    }

    /** Forgets a session that leaves; null if it had nothing to do with calls. */
    @InTurn
    @Nullable
    Party remove(Session session) {
        return bySession.remove(session.id());
    }

    @InTurn
    Collection<Party> all() {
        return bySession.values();
    }
}
