package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.session.Session;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Safe for use by many threads, not in the turn. Writes to the audit log what becomes of one session.
 *
 * @param realm the realm
 * @param session the session's id
 * @param identity who it is
 * @param peer where it comes from
 * @param mayWrite whether one more line that its client causes is written
 * @param denials how much was denied so far
 */
record SessionAudit(
        String realm, long session, Identity identity, String peer, BooleanSupplier mayWrite, AtomicInteger denials) {
    /** So many denials of a session are written; whoever asks for ever more must not fill the log. */
    private static final int DENIALS = 100;

    static SessionAudit of(String realm, long session, Identity identity, ClientConnection client) {
        return new SessionAudit(
                realm, session, identity, client.peer(), client.flowControl()::mayAudit, new AtomicInteger());
    }

    void joined() {
        if (!mayWrite.getAsBoolean()) {
            return;
        }
        AuditLog.write(
                "join",
                about().put("authmethod", identity.authmethod())
                        .put("authprovider", identity.authprovider())
                        .put("peer", peer)
                        .build()
                        .entries());
    }

    void denied(PermissionQuery question) {
        int before = denials.getAndUpdate(count -> Math.min(count + 1, DENIALS + 1));
        if (before <= DENIALS && !mayWrite.getAsBoolean()) {
            return;
        }
        if (before < DENIALS) {
            AuditLog.write(
                    "denied",
                    about().put("action", question.action().name().toLowerCase(Locale.ROOT))
                            .put("uri", question.uri().text())
                            .put("match", question.match().wire())
                            .build()
                            .entries());
        } else if (before == DENIALS) {
            AuditLog.write("denied_more", about().build().entries());
        }
    }

    /** Another session ended one. */
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
