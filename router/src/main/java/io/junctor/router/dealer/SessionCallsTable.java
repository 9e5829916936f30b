package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.RequestIds;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the calls, invocations and registrations of a session. Confined to the realm's turn. */
final class SessionCallsTable {
    private final Long2ObjectHashMap<SessionCalls> bySession = new Long2ObjectHashMap<>();

    private ProgressAnnouncement progress;

    /** Creates an empty table; {@code progress} selects the callees whose INVOCATION messages contain {@code receive_progress}. */
    SessionCallsTable(ProgressAnnouncement progress) {
        this.progress = progress;
    }

    /** Uses another selection for callees that get an entry from now on. */
    @InTurn
    void use(ProgressAnnouncement other) {
        progress = other;
    }

    /** Applies the changed limits of a session. */
    @InTurn
    void useLimits(Session session) {
        SessionCalls known = find(session.id());
        if (known != null) {
            known.useLimits();
        }
    }

    /** Whether a session has an open call, as caller or as callee. */
    @InTurn
    boolean hasOpenCalls(Session session) {
        SessionCalls known = find(session.id());
        return known != null && !(known.calls.isEmpty() && known.invocations.isEmpty());
    }

    /** The permissions that a session needs for its registrations, one for each. */
    @InTurn
    List<PermissionQuery> held(Session session) {
        SessionCalls sessionCalls = find(session.id());
        return sessionCalls == null
                ? List.of()
                : sessionCalls.registrations.values().stream()
                        .map(callee -> callee.registration)
                        .map(held -> new PermissionQuery(Action.REGISTER, held.uri(), held.match()))
                        .toList();
    }

    /** The entry of {@code session}; created when the session makes its first call or registration. */
    @InTurn
    SessionCalls of(Session session) {
        SessionCalls known = find(session.id());
        if (known == null) {
            known = new SessionCalls(session, progress);
            bySession.put(session.id(), known);
        }
        return known;
    }

    /** Adds the entry of a callee of another router, see {@link SessionCalls#elsewhere}. */
    @InTurn
    SessionCalls addElsewhere(Session session, RequestIds ids, AtomicInteger open) {
        SessionCalls added = SessionCalls.elsewhere(session, progress, ids, open);
        bySession.put(session.id(), added);
        return added;
    }

    /** The entry of the session with this id, or null. */
    @InTurn
    @Nullable
    SessionCalls find(long session) {
        return bySession.get(session);
    }

    /** Removes and returns the entry of a session that leaves; null if it has no entry. */
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
