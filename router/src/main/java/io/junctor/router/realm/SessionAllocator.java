package io.junctor.router.realm;

import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.SessionIds;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Roles;
import java.util.HashMap;
import java.util.Map;

/** Allocates the id, the authid and the roles of a new session. Confined to the realm's turn. */
final class SessionAllocator {
    private static final int ROLES_KEPT = 256;

    private final RandomIds ids;
    private final SessionIds sessionIds;
    /** The roles in use. Equal roles are stored once, because most clients announce the same roles. */
    private final Map<Roles, Roles> rolesInUse = new HashMap<>();

    SessionAllocator(RandomIds ids, SessionIds sessionIds) {
        this.ids = ids;
        this.sessionIds = sessionIds;
    }

    /** The id of the session: the one that the handshake reserved, or a new one. */
    @InTurn
    long sessionId(JoinGrant grant) {
        if (grant.session() == 0) {
            return sessionIds.take(ids);
        }
        sessionIds.confirm();
        return grant.session();
    }

    /** Returns the stored object that equals {@code roles}. */
    @InTurn
    Roles kept(Roles roles) {
        if (rolesInUse.size() >= ROLES_KEPT) {
            rolesInUse.clear();
        }
        Roles known = rolesInUse.putIfAbsent(roles, roles);
        return known == null ? roles : known;
    }

    /** A random authid for an anonymous session. */
    @InTurn
    String authid() {
        return "anonymous-" + Long.toString(ids.next(), 36);
    }
}
