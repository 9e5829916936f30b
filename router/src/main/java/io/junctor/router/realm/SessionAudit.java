package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.session.Session;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes events of one session to the audit log. Thread-safe; not for use in the turn.
 *
 * @param realm the realm
 * @param session the session's id
 * @param identity the session's identity
 * @param client the session's client
 * @param denials the number of denials that were written
 */
record SessionAudit(String realm, long session, Identity identity, ClientConnection client, AtomicInteger denials) {
    /** The maximum number of denials of a session that are written, so that a client cannot fill the log. */
    private static final int DENIALS = 100;

    static SessionAudit of(String realm, long session, Identity identity, ClientConnection client) {
        return new SessionAudit(realm, session, identity, client, new AtomicInteger());
    }

    void joined() {
        if (!mayWrite()) {
            return;
        }
        AuditLog.write(
                "join",
                about().put("authmethod", identity.authmethod())
                        .put("authprovider", identity.authprovider())
                        .put("peer", client.transport().peer())
                        .build()
                        .entries());
    }

    void denied(PermissionQuery query) {
        int before = denials.getAndUpdate(count -> Math.min(count + 1, DENIALS + 1));
        if (before <= DENIALS && !mayWrite()) {
            return;
        }
        if (before < DENIALS) {
            AuditLog.write(
                    "denied",
                    about().put("action", query.action().name().toLowerCase(Locale.ROOT))
                            .put("uri", query.uri().text())
                            .put("match", query.match().wire())
                            .build()
                            .entries());
        } else if (before == DENIALS) {
            AuditLog.write("denied_more", about().build().entries());
        }
    }

    /** Records that {@code by} ended the session {@code target}. */
    static void killed(String realm, Session target, Session by, Goodbye goodbye) {
        AuditLog.write(
                "kill",
                about(realm, target.id(), target.identity())
                        .put("by", by.id())
                        .put("by_authid", by.identity().authid())
                        .put("reason", goodbye.reason().text())
                        .build()
                        .entries());
    }

    /** Records that the configuration no longer admits the session {@code target}. */
    static void dismissed(String realm, Session target, JoinRefused reason) {
        AuditLog.write(
                "dismissed",
                about(realm, target.id(), target.identity())
                        .put("reason", reason.reason().text())
                        .build()
                        .entries());
    }

    /** Whether the audit log accepts one more line about the client. */
    private boolean mayWrite() {
        return client.flowControl().mayAudit();
    }

    private Dict.Builder about() {
        return about(realm, session, identity);
    }

    private static Dict.Builder about(String realm, long session, Identity identity) {
        return new Dict.Builder()
                .put("realm", realm)
                .put("session", session)
                .put("authid", identity.authid())
                .put("authrole", identity.authrole());
    }
}
