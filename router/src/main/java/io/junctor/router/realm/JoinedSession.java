package io.junctor.router.realm;

import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.session.Session;

/**
 * A session with its realm and its link.
 *
 * @param realm the realm it joined
 * @param session the session, of the realm's turn
 * @param requestIds the check of its request ids, of the realm's turn
 * @param gatekeeper the check of what it asks for, of the reading thread
 * @param link its link
 */
record JoinedSession(
        Realm realm,
        Session session,
        RequestIdGuard requestIds,
        MessageAuthorization gatekeeper,
        ClientConnection link) {}
