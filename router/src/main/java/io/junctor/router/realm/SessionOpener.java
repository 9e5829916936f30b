package io.junctor.router.realm;

import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authorization.CachedAuthorizerDecisions;
import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.broker.Broker;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.tracing.TracedSession;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Creates the sessions of a realm (section "Session Establishment"). Confined to the realm's turn. */
final class SessionOpener {
    private static final Uri ON_JOIN = new Uri("wamp.session.on_join");

    private final Realm realm;
    private final RouterContext context;
    private final ArgumentsCodec codec;
    private final Broker broker;
    private final AuthorizerQueries authorizerQueries;
    private final SessionAllocator allocator;

    SessionOpener(
            Realm realm,
            RouterContext context,
            ArgumentsCodec codec,
            Broker broker,
            AuthorizerQueries authorizerQueries,
            SessionAllocator allocator) {
        this.realm = realm;
        this.context = context;
        this.codec = codec;
        this.broker = broker;
        this.authorizerQueries = authorizerQueries;
        this.allocator = allocator;
    }

    /**
     * Creates a session for {@code client}, adds it to {@code members} and sends {@code WELCOME}.
     *
     * @param closing the reason why no client may join any more, or null
     * @return whether the client has joined; otherwise it was refused
     */
    @InTurn
    boolean join(
            ClientConnection client,
            Roles roles,
            JoinGrant grant,
            @Nullable JoinRefused closing,
            IdTable<JoinedSession> members) {
        long id = allocator.sessionId(grant);
        RealmPolicy now = realm.policy();
        String authid = grant.authid() == null ? allocator.authid() : grant.authid();
        Identity identity = new Identity(authid, grant.role(), grant.method(), grant.provider());
        SessionPermissions ofRole = now.permissions(grant.role());
        JoinRefused refusal = closing == null ? now.refusal(identity, grant.grantedBy()) : closing;
        if (refusal != null || ofRole == null) {
            context.sessionIds().free(id);
            client.refuse(refusal == null ? JoinRefused.RETRY : refusal);
            return false;
        }
        RealmConfig config = now.config();
        CachedAuthorizerDecisions decisions = authorizerQueries.decisions();
        SessionPermissions rights = ofRole.of(identity, decisions);
        SessionAudit sessionAudit = SessionAudit.of(config.name(), id, identity, client);
        MessageAuthorization authorization =
                new MessageAuthorization(rights, decisions, codec, context.counters(), sessionAudit::denied);
        Session session = new Session(
                id,
                identity,
                allocator.kept(roles.without(config.features().off())),
                context.bounds(config, rights),
                client.flowControl().outbox(),
                client.flowControl());
        session.recordBy(TracedSession.of(config.name()));
        JoinedSession member = new JoinedSession(
                realm,
                session,
                authorization,
                client,
                context,
                JoinedSession.Origin.of(now.showsAgents() ? grant.agent() : null, grant.grantedBy()));
        members.put(id, member);
        client.flowControl().counters().increment(TransportCounter.SESSIONS_JOINED);
        client.welcome(member, new Welcome(id, AnnouncedRoles.welcome(member, grant.authextra())));
        context.audit(sessionAudit::joined);
        broker.onJoined(session);
        broker.announce(ON_JOIN, () -> Arguments.of(SessionProcedures.describe(session)));
        return true;
    }
}
