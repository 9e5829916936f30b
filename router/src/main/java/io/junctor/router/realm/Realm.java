package io.junctor.router.realm;

import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authorization.CachedAuthorizerDecisions;
import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.ClientConnections;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.OutboxListener.Problem;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.memory.HeldBytes;
import io.junctor.router.memory.KeptBytes;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.ProcedureCaller;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes the messages of its sessions, by its broker and its dealer (section "Realms and Transports"). Thread-safe: everything that
 * touches its state goes through its turnstile.
 */
final class Realm implements ProcedureCaller {
    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);
    private static final long OCCUPIED = Long.MIN_VALUE;
    private static final Uri ON_JOIN = new Uri("wamp.session.on_join");
    private static final Uri ON_LEAVE = new Uri("wamp.session.on_leave");

    private final RealmConfig config;
    private final Roles announced;
    private final RouterContext context;
    private final Turnstile turnstile;
    private final ArgumentsCodec codec = new ArgumentsCodec();
    private final Map<String, SessionPermissions> permissionsByRole = new HashMap<>();

    // Confined to the turn.
    private final KeptBytes.Account kept;
    private final Broker broker;
    private final Dealer dealer;
    private final Routing routing;
    private final @Nullable RealmLink link;
    private final RouterCaller routerCaller;
    private final IdTable<JoinedSession> members = new IdTable<>();
    private final SessionAllocator allocator;

    private boolean closing;

    /** The time since when the realm has no sessions, or OCCUPIED. Written in the turn, read by the sweep. */
    private volatile long emptySinceNanos;

    private final AuthorizerQueries authorizerQueries;

    /**
     * A realm without sessions.
     *
     * @param realms finds other realms by name, after all have been made
     * @param authorizerProcedures the procedures of this realm that authorize messages for a role of any realm
     */
    Realm(
            RealmConfig config,
            RouterContext context,
            Function<String, @Nullable Realm> realms,
            Set<Uri> authorizerProcedures) {
        this.config = config;
        this.announced = AnnouncedRoles.roles(config);
        this.context = context;
        this.emptySinceNanos = context.timers().nanos();
        this.turnstile = context.turnstile(config.limits().queues(), this::onFault);
        config.roles()
                .forEach((name, role) ->
                        permissionsByRole.put(name, new SessionPermissions(config, new Permissions(role))));
        RandomIds ids = new RandomIds(context.random());
        this.allocator = new SessionAllocator(ids, context.sessionIds());
        this.kept = context.memory().kept().account();
        this.link = context.link(
                config.name(), new RemoteEvents(turnstile, config.limits().queues(), this::onRemoteEvent));
        this.broker = new Broker(
                ids, new Broker.Schedule(turnstile, context.timers()), kept, context.counters(), config, link);
        Deadlines deadlines = new Deadlines(context.timers(), turnstile);
        this.dealer = new Dealer(ids, config, context.counters(), deadlines, broker);
        this.authorizerQueries =
                new AuthorizerQueries(config, context, realms, turnstile, dealer, authorizerProcedures);
        MetaApi meta = new MetaApi(codec, context.counters(), turnstile, context.workers(), this::onDenied)
                .offer(broker.procedures())
                .offer(dealer.procedures())
                .offer(new SessionProcedures(this, members).byUri())
                .offer(authorizerQueries.procedures(members))
                .offerOnly(config.features()::offers);
        this.routing = new Routing(broker, dealer, meta, context.counters());
        SessionPermissions none = new SessionPermissions(config, new Permissions(new RoleConfig(List.of())));
        this.routerCaller =
                new RouterCaller(context.sessionIds().reserve(), context.bounds(config, none), dealer, codec);
    }

    /** The roles and features that the router announces in this realm. */
    Roles announced() {
        return announced;
    }

    RealmConfig config() {
        return config;
    }

    /** How many operations wait for the turn. */
    int waiting() {
        return turnstile.waiting();
    }

    /** How long the realm has had no sessions; 0 while it has one. */
    long emptyNanos(long nowNanos) {
        long since = emptySinceNanos;
        return since == OCCUPIED ? 0 : nowNanos - since;
    }

    /** The realm has no sessions and will get none: frees its session id. */
    void end() {
        if (link != null) {
            link.close();
        }
        context.sessionIds().cancel(routerCaller.id());
        kept.close();
    }

    /** Makes a session for {@code client} and sends {@code WELCOME}. Then {@code joined} runs in the turn. */
    void join(ClientConnection client, Roles roles, JoinGrant grant, Runnable joined) {
        turnstile.run(client.flowControl(), () -> {
            try {
                joinNow(client, roles, grant);
            } finally {
                joined.run();
            }
        });
    }

    @Override
    public CompletableFuture<Answer> call(Uri procedure, Arguments arguments, Duration timeout) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Payload payload = codec.encode(arguments);
        try (Pass pass = Pass.open()) {
            turnstile.run(() -> routerCaller.call(procedure, payload, timeout, answer));
        }
        return answer;
    }

    /** Routes a message of {@code receivedBytes} bytes after everything that {@code from} sent before; asks an authorizer first if one decides. */
    void submit(JoinedSession from, FromClient message, int receivedBytes) {
        switch (from.authorization().check(message)) {
            case Verdict.Decision decision -> submit(from, message, decision, receivedBytes);
            case Verdict.Undecided undecided -> {
                from.flowControl().onDecision();
                authorizerQueries.submit(from, message, undecided.query(), 0);
            }
        }
    }

    /** Routes a message that is allowed or refused by {@code verdict}, as {@link #submit(JoinedSession, FromClient, int)}. */
    void submit(JoinedSession from, FromClient message, Verdict.Decision verdict, int receivedBytes) {
        boolean isDecoded = verdict instanceof Verdict.Allowed allowed && allowed.arguments() != null;
        int bytes = HeldBytes.waiting(message, isDecoded, receivedBytes);
        turnstile.runInPass(from.flowControl(), bytes, () -> routeNow(from, message, verdict, bytes));
    }

    /** Routes a message about which an authorizer decided; reading goes on. */
    void submitDecided(JoinedSession from, FromClient message, Verdict.Decision verdict) {
        from.authorization().decisions().passed();
        turnstile.run(from.flowControl(), () -> routeNow(from, message, verdict, 0));
        from.flowControl().onDecisionDone();
    }

    /** Ends a session that broke the protocol, after everything it sent before. */
    void submitViolation(JoinedSession from, String problem) {
        turnstile.runLast(from.flowControl(), () -> violate(from, problem));
    }

    /** Ends a session whose transport is lost, after everything it submitted or parked. */
    void submitLeave(JoinedSession from) {
        turnstile.runLast(from.flowControl(), () -> leaveNow(from));
    }

    /** Handles a message that could not be sent to {@code to}. */
    void submitUndeliverable(JoinedSession to, FromRouter message, Problem problem) {
        turnstile.run(() -> routing.undeliverable(to.session(), message, problem));
    }

    /** Ends all sessions as the router shuts down; no client joins any more. */
    void submitShutdown() {
        turnstile.run(this::shutdown);
    }

    @InTurn
    private void joinNow(ClientConnection client, Roles roles, JoinGrant grant) {
        long id = allocator.sessionId(grant);
        if (closing) {
            context.sessionIds().free(id);
            client.refuse(ClientConnections.SHUTS_DOWN);
            return;
        }
        String authid = grant.authid() == null ? allocator.authid() : grant.authid();
        Identity identity = new Identity(authid, grant.role(), grant.method(), grant.provider());
        CachedAuthorizerDecisions decisions = authorizerQueries.decisions();
        SessionPermissions rights = Objects.requireNonNull(permissionsByRole.get(grant.role()), grant.role())
                .of(identity, decisions);
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
        JoinedSession member = new JoinedSession(
                this,
                session,
                authorization,
                client,
                context.counters(),
                config.showsTransports() ? grant.agent() : null);
        members.put(id, member);
        emptySinceNanos = OCCUPIED;
        client.flowControl().counters().increment(TransportCounter.SESSIONS_JOINED);
        client.welcome(member, new Welcome(id, AnnouncedRoles.welcome(member, grant.authextra())));
        context.audit(sessionAudit::joined);
        broker.announce(ON_JOIN, () -> Arguments.of(SessionProcedures.describe(session)));
    }

    @InTurn
    private void routeNow(JoinedSession from, FromClient message, Verdict.Decision verdict, int bytes) {
        if (!from.session().isOpen()) {
            from.connection().afterLeave(message);
        } else if (!from.session().defers(bytes, () -> routeNow(from, message, verdict, bytes))) {
            route(from, message, verdict);
        }
    }

    @InTurn
    private void route(JoinedSession from, FromClient message, Verdict.Decision verdict) {
        try {
            routing.route(from, message, verdict);
        } catch (ProtocolViolation violation) {
            violate(from, violation.problem());
        } catch (RuntimeException fault) {
            onFault(fault);
            routing.fail(from, message);
        }
    }

    private void onFault(Throwable fault) {
        context.workers().execute(() -> LOG.error("realm {}: an operation failed", config.name(), fault));
    }

    /** The client sent GOODBYE: the router answers by GOODBYE (section "Session Closing"). */
    @InTurn
    void goodbye(JoinedSession from) {
        remove(from, true, () -> from.connection().answerGoodbye(closing));
    }

    /** The client sent ABORT: the router does not answer (section "Session Establishment"). */
    @InTurn
    void abort(JoinedSession from) {
        remove(from, true, () -> from.connection().close(CloseStatus.NORMAL));
    }

    @InTurn
    private void violate(JoinedSession from, String problem) {
        if (from.session().isOpen() && !from.session().defers(0, () -> violate(from, problem))) {
            remove(from, true, () -> from.connection().abort(problem));
        }
    }

    @InTurn
    private void leaveNow(JoinedSession from) {
        if (from.session().isOpen() && !from.session().defers(0, () -> leaveNow(from))) {
            remove(from, true, () -> {});
        }
    }

    /**
     * Ends a session: it gets no more messages, and its open calls are answered. Its subscriptions and registrations are removed in
     * slices; then {@code after} runs. Its testaments and {@code wamp.session.on_leave} are published only if {@code published}.
     */
    @InTurn
    private void remove(JoinedSession from, boolean published, Runnable after) {
        Session session = from.session();
        session.markLeft();
        members.remove(session.id());
        from.connection().left();
        broker.onLeave(
                session,
                () -> dealer.onLeave(
                        session, () -> broker.onEnd(session, published, () -> removed(from, published, after))));
    }

    @InTurn
    private void removed(JoinedSession from, boolean published, Runnable after) {
        Session session = from.session();
        if (published) {
            Identity identity = session.identity();
            broker.announce(ON_LEAVE, () -> Arguments.of(session.id(), identity.authid(), identity.authrole()));
        }
        if (members.size() == 0) {
            emptySinceNanos = context.timers().nanos();
        }
        context.sessionIds().free(session.id());
        from.connection().flowControl().counters().increment(TransportCounter.SESSIONS_LEFT);
        after.run();
    }

    /** Ends sessions by the meta API, in slices; {@code wamp.session.on_leave} is published for each if {@code published}. */
    @InTurn
    void kill(Session by, List<JoinedSession> targets, Goodbye goodbye, boolean published) {
        turnstile.slices().forEach(targets, target -> kill(by, target, goodbye, published), () -> {});
    }

    @InTurn
    private void kill(Session by, JoinedSession target, Goodbye goodbye, boolean published) {
        if (target.session().isOpen()) {
            // The client may answer, and join again, while its subscriptions and registrations are still being removed.
            remove(target, published, () -> {});
            target.connection().sendGoodbye(goodbye);
            context.audit(() -> SessionAudit.killed(config.name(), target.session(), by, goodbye));
        }
    }

    /** Audits what a procedure of the meta API denied; what rules deny is audited by the reading thread. */
    @InTurn
    private void onDenied(Session session, PermissionQuery query) {
        JoinedSession member = members.get(session.id());
        if (member != null) {
            context.audit(() -> member.authorization().onDenied(query));
        }
    }

    @InTurn
    private void shutdown() {
        closing = true;
        turnstile
                .slices()
                .forEach(
                        members.copy(),
                        member -> {
                            if (member.session().isOpen()) {
                                remove(member, false, () -> {});
                                member.connection().endByShutdown();
                            }
                        },
                        this::stop);
    }

    @InTurn
    private void onRemoteEvent(SharedEvent event) {
        broker.onRemoteEvent(event);
    }

    @InTurn
    private void stop() {
        dealer.stop();
        if (link != null) {
            link.close();
        }
    }
}
