package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authorization.CachedAuthorizerDecisions;
import io.junctor.router.authorization.FeatureGate;
import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.HeldBytes;
import io.junctor.router.connection.Outbox.Problem;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.metrics.Counter;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
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
 * Safe for use by many threads: whatever touches its state goes through its turnstile. One realm: its sessions, broker
 * and dealer (section "Realms and Transports").
 */
final class Realm {
    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);
    private static final long OCCUPIED = Long.MIN_VALUE;
    private static final Uri ON_JOIN = new Uri("wamp.session.on_join");
    private static final Uri ON_LEAVE = new Uri("wamp.session.on_leave");

    private final RealmConfig config;
    private final Roles announced;
    private final RouterContext surroundings;
    private final Turnstile turnstile;
    private final ArgumentsCodec wording = new ArgumentsCodec();
    private final Map<String, SessionPermissions> rightsByRole = new HashMap<>();

    // Of the turn.
    private final Broker broker;
    private final Dealer dealer;
    private final Routing routing;
    private final RouterCaller innerCaller;
    private final IdTable<JoinedSession> members = new IdTable<>();
    private final SessionAllocator reception;

    private boolean closing;

    /** Since when nobody has been here; written in the turn, read by the sweep: no order with anything else is needed. */
    private volatile long emptySinceNanos;

    private final AuthorizerQueries authority;
    /** The procedures of this realm that decide for some role of some realm. */
    private final Set<Uri> authorizers;

    /** A realm without sessions; {@code realms} finds others by name, once all are there. */
    Realm(
            RealmConfig config,
            RouterContext surroundings,
            Function<String, @Nullable Realm> realms,
            Set<Uri> authorizers) {
        this.authorizers = authorizers;
        this.authority = new AuthorizerQueries(config, surroundings, realms);
        this.config = config;
        this.announced = AnnouncedRoles.roles(config);
        this.surroundings = surroundings;
        this.emptySinceNanos = surroundings.timers().nanos();
        this.turnstile = surroundings.turnstile(config.limits().queues(), this::onFault);
        config.roles()
                .forEach((name, role) -> rightsByRole.put(name, new SessionPermissions(config, new Permissions(role))));
        RandomIds ids = new RandomIds(surroundings.random());
        this.reception = new SessionAllocator(ids, surroundings.sessionIds());
        this.broker = new Broker(ids, turnstile, surroundings.timers(), wording, surroundings.counters(), config);
        Deadlines deadlines = new Deadlines(surroundings.timers(), turnstile);
        this.dealer = new Dealer(ids, config, surroundings.counters(), deadlines, broker);
        MetaApi meta = new MetaApi(wording, surroundings.counters(), turnstile, surroundings.workers(), this::onDenied)
                .offer(broker.procedures())
                .offer(dealer.procedures())
                .offer(new SessionProcedures(this).byUri())
                .offer(authority.procedures(this))
                .offerOnly(config.features()::offers);
        this.routing = new Routing(broker, dealer, meta, surroundings.counters());
        SessionPermissions none = new SessionPermissions(config, new Permissions(new RoleConfig(List.of())));
        this.innerCaller = new RouterCaller(
                surroundings.sessionIds().reserve(),
                new Session.Bounds(config.limits(), none, surroundings.pressure()),
                dealer,
                surroundings.counters());
    }

    /** What the router announces here. */
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

    /** The bytes that operations hold which wait for the turn. */
    long waitingBytes() {
        return turnstile.waitingBytes();
    }

    /** How long nobody has been here, 0 while somebody is. */
    long emptyNanos(long nowNanos) {
        long since = emptySinceNanos;
        return since == OCCUPIED ? 0 : nowNanos - since;
    }

    /** Nobody comes any more, and nobody is there. */
    void end() {
        surroundings.sessionIds().cancel(innerCaller.id());
    }

    /** Makes a session for {@code link} and welcomes it; an operation of the link's lane. {@code joined} runs in the turn after it. */
    void join(ClientConnection link, Roles roles, JoinGrant entry, Runnable joined) {
        turnstile.run(link.brakes(), () -> {
            try {
                joinNow(link, roles, entry);
            } finally {
                joined.run();
            }
        });
    }

    /** Calls a procedure for the router itself; to be called in a pass, completes outside of the turn. */
    CompletableFuture<RouterCaller.Answer> call(Uri procedure, Arguments arguments, Duration timeout) {
        CompletableFuture<RouterCaller.Answer> answer = new CompletableFuture<>();
        Payload payload = wording.encode(arguments);
        turnstile.run(() -> innerCaller.call(procedure, payload, timeout, answer));
        return answer;
    }

    /** Routes a message of {@code from}, which came in {@code receivedBytes}, behind everything it sent before. */
    void submit(JoinedSession from, FromClient message, int receivedBytes) {
        switch (check(from, message)) {
            case Verdict.Decision decision -> submit(from, message, decision, receivedBytes);
            case Verdict.Undecided undecided -> {
                from.link().brakes().onDecision();
                submitQuery(from, message, undecided.query(), 0);
            }
        }
    }

    /** Routes a message that was judged already, as {@link #submit(JoinedSession, FromClient, int)}. */
    void submit(JoinedSession from, FromClient message, Verdict.Decision verdict, int receivedBytes) {
        boolean isDecoded = verdict instanceof Verdict.Allowed allowed && allowed.arguments() != null;
        int bytes = HeldBytes.waiting(message, isDecoded, receivedBytes);
        turnstile.runInPass(from.link().brakes(), bytes, () -> routeNow(from, message, verdict));
    }

    /** Goes on with a message about which something was decided. */
    void resubmit(JoinedSession from, FromClient message, int round) {
        switch (check(from, message)) {
            case Verdict.Undecided undecided -> submitQuery(from, message, undecided.query(), round);
            case Verdict.Decision decision -> {
                from.gatekeeper().decisions().passed();
                turnstile.run(from.link().brakes(), () -> routeNow(from, message, decision));
                from.link().brakes().onDecisionDone();
            }
        }
    }

    private static Verdict check(JoinedSession from, FromClient message) {
        FeatureGate features = from.session().rights().features();
        return features.check(message, from.gatekeeper().check(message));
    }

    /** Asks the authorizer about {@code message}, after everything that the session sent before has been routed. */
    private void submitQuery(JoinedSession from, FromClient message, PermissionQuery query, int round) {
        turnstile.run(from.link().brakes(), () -> queryNow(from, message, query, round));
    }

    @InTurn
    private void queryNow(JoinedSession from, FromClient message, PermissionQuery query, int round) {
        boolean serving = dealer.serves(from.session(), authorizers);
        surroundings.workers().execute(() -> authority.decide(from, message, query, serving, round));
    }

    /** Ends a session that broke the protocol, behind everything it sent before. */
    void submitViolation(JoinedSession from, String problem) {
        turnstile.runLast(from.link().brakes(), () -> violate(from, problem));
    }

    /** Ends a session whose transport is gone or must go, behind everything it submitted or parked. */
    void submitLeave(JoinedSession from) {
        turnstile.runLast(from.link().brakes(), () -> leaveNow(from));
    }

    /** Tells what could not be sent to {@code to}. */
    void submitUndeliverable(JoinedSession to, FromRouter message, Problem problem) {
        turnstile.run(() -> routing.undeliverable(to.session(), message, problem));
    }

    /** Ends all sessions as the router shuts down; no client joins any more. */
    void submitShutdown() {
        turnstile.run(this::shutdown);
    }

    @InTurn
    private void joinNow(ClientConnection link, Roles roles, JoinGrant entry) {
        long id = reception.sessionId(entry);
        if (closing) {
            surroundings.sessionIds().free(id);
            link.refuse(Realms.SHUTS_DOWN);
            return;
        }
        String authid = entry.authid() == null ? reception.authid() : entry.authid();
        Identity identity = new Identity(authid, entry.role(), entry.method(), entry.provider());
        CachedAuthorizerDecisions decisions = authority.decisions();
        SessionPermissions rights = Objects.requireNonNull(rightsByRole.get(entry.role()), entry.role())
                .of(identity, decisions);
        SessionAudit witness = SessionAudit.of(config.name(), id, identity, link);
        MessageAuthorization gatekeeper =
                new MessageAuthorization(rights, decisions, wording, surroundings.counters(), witness::denied);
        Session session = new Session(
                id,
                identity,
                reception.kept(roles.without(config.features().off())),
                new Session.Bounds(config.limits(), rights, surroundings.pressure()),
                link.outbox(),
                link.brakes());
        JoinedSession member =
                new JoinedSession(this, session, new RequestIdGuard(config.requestIds()), gatekeeper, link);
        members.put(id, member);
        emptySinceNanos = OCCUPIED;
        surroundings.counters().increment(Counter.SESSIONS_JOINED);
        link.welcome(member, entry.authextra());
        audit(witness::joined);
        broker.announce(ON_JOIN, () -> Arguments.of(SessionProcedures.describe(session)));
    }

    @InTurn
    private void routeNow(JoinedSession from, FromClient message, Verdict.Decision verdict) {
        if (!from.session().isOpen()) {
            from.link().afterLeave(message);
        } else if (!from.session().defers(() -> routeNow(from, message, verdict))) {
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
        surroundings.workers().execute(() -> LOG.error("Realm {}: an operation failed", config.name(), fault));
    }

    /** The client leaves: its answer is a GOODBYE of ours (section "Session Closing"). */
    @InTurn
    void goodbye(JoinedSession from) {
        remove(from, true, () -> from.link().answerGoodbye(closing));
    }

    /** The client aborts: no answer (section "Session Establishment"). */
    @InTurn
    void abort(JoinedSession from) {
        remove(from, true, () -> from.link().close(CloseStatus.NORMAL));
    }

    @InTurn
    private void violate(JoinedSession from, String problem) {
        if (from.session().isOpen() && !from.session().defers(() -> violate(from, problem))) {
            remove(from, true, () -> from.link().abort(problem));
        }
    }

    @InTurn
    private void leaveNow(JoinedSession from) {
        if (from.session().isOpen() && !from.session().defers(() -> leaveNow(from))) {
            remove(from, true, () -> {});
        }
    }

    /**
     * Ends a session whatever the cause: nothing reaches it any more, its calls get their answers. What it held goes in slices; then
     * {@code after} runs. Its testaments and the event about its end are published only if {@code told}.
     */
    @InTurn
    private void remove(JoinedSession from, boolean told, Runnable after) {
        Session session = from.session();
        session.markLeft();
        members.remove(session.id());
        from.link().left();
        broker.onLeave(
                session,
                () -> dealer.onLeave(session, () -> broker.onEnd(session, told, () -> removed(from, told, after))));
    }

    @InTurn
    private void removed(JoinedSession from, boolean told, Runnable after) {
        Session session = from.session();
        if (told) {
            Identity identity = session.identity();
            broker.announce(ON_LEAVE, () -> Arguments.of(session.id(), identity.authid(), identity.authrole()));
        }
        if (members.size() == 0) {
            emptySinceNanos = surroundings.timers().nanos();
        }
        surroundings.sessionIds().free(session.id());
        surroundings.counters().increment(Counter.SESSIONS_LEFT);
        after.run();
    }

    /** The session with this id, or null. */
    @InTurn
    @Nullable
    JoinedSession member(long id) {
        return members.get(id);
    }

    /** How many have joined and not left. */
    @InTurn
    int size() {
        return members.size();
    }

    /** Everybody who has joined and not left, now. */
    @InTurn
    List<JoinedSession> members() {
        return members.copy();
    }

    /** Ends sessions by the meta API, some in each turn; others are told of each if {@code told}. */
    @InTurn
    void kill(Session by, List<JoinedSession> targets, Goodbye goodbye, boolean told) {
        turnstile.slices().forEach(targets, target -> kill(by, target, goodbye, told), () -> {});
    }

    @InTurn
    private void kill(Session by, JoinedSession target, Goodbye goodbye, boolean told) {
        if (target.session().isOpen()) {
            // The client may answer, and join again, while what it held still goes in slices.
            remove(target, told, () -> {});
            target.link().sayGoodbye(goodbye);
            audit(() -> SessionAudit.killed(config.name(), target.session(), by, goodbye));
        }
    }

    /** What rules deny is audited where it is read; this is what procedures of the router deny on the way. */
    @InTurn
    private void onDenied(Session session, PermissionQuery question) {
        JoinedSession member = members.get(session.id());
        if (member != null) {
            audit(() -> member.gatekeeper().onDenied(question));
        }
    }

    private void audit(Runnable writing) {
        if (AuditLog.isOn()) {
            surroundings.workers().execute(writing);
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
                                member.link().endByShutdown();
                            }
                        },
                        dealer::stop);
    }
}
