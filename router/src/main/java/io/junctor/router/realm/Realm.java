package io.junctor.router.realm;

import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.broker.Broker;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.dealer.RemoteDealers;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.metrics.RealmMetrics;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.ProcedureCaller;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A realm with its broker, its dealer and its sessions (section "Realms and Transports"). Thread-safe, because each access to its state
 * goes through its turnstile.
 */
final class Realm implements ProcedureCaller {
    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);
    private static final long OCCUPIED = Long.MIN_VALUE;

    private final RouterContext context;
    private final Turnstile turnstile;
    private final ArgumentsCodec codec = new ArgumentsCodec();
    /**
     * The present policy. Replaced in the turn; read in the turn, and by other threads that need the realm's configuration, but not for
     * each message.
     */
    private volatile RealmPolicy policy;

    // Confined to the turn.
    private final RetentionBudget.Account kept;
    private final RealmCounters counters;
    private final RealmReport report;
    private final Broker broker;
    private final Dealer dealer;
    private final MessageRouter routing;
    private final @Nullable RealmLink link;
    private final MetaApi meta;
    private final RouterCaller routerCaller;
    private final IdTable<JoinedSession> members = new IdTable<>();
    private final SessionOpener opener;
    private final AuthorizerQueries authorizerQueries;
    private final SessionCloser closer;
    private final PolicyChange policyChange;
    /** The time since which the realm has no sessions, or {@code OCCUPIED}. Written in the turn, read by the sweep. */
    private volatile long emptySinceNanos;

    /** Creates a realm without sessions; {@code realms} finds other realms by name and is used only after all realms are created. */
    Realm(RealmPolicy policy, RouterContext context, Function<String, @Nullable Realm> realms) {
        RealmConfig config = policy.config();
        this.policy = policy;
        this.context = context;
        this.emptySinceNanos = context.timers().nanos();
        this.turnstile = context.turnstile(config.limits().queues(), this::onFault);
        RandomIds ids = new RandomIds(context.random());
        this.kept = context.memory().kept().account();
        RemoteRealms port = new RemoteRealms(turnstile, config.limits().queues());
        this.link = context.link(config, port);
        this.counters = new RealmCounters(context.counters());
        this.broker = new Broker(ids, new Broker.Schedule(turnstile, context.timers()), kept, counters, config, link);
        Deadlines deadlines = new Deadlines(context.timers(), turnstile);
        Session.Bounds bounds = context.boundsWithoutRights(config);
        this.dealer = new Dealer(
                ids,
                config,
                counters,
                deadlines,
                link == null ? broker : broker.here(),
                link == null ? null : new RemoteDealers.LinkedRouters(link, bounds));
        port.deliverTo(broker, dealer.remote());
        this.authorizerQueries = new AuthorizerQueries(this::policy, context, realms, turnstile, dealer);
        this.closer = new SessionCloser(context, turnstile, broker, dealer, members, this::onEmptied);
        this.policyChange = new PolicyChange(turnstile, broker, dealer, authorizerQueries, closer, members::copy);
        this.opener = new SessionOpener(
                this, context, codec, broker, authorizerQueries, new SessionAllocator(ids, context.sessionIds()));
        this.report = new RealmReport(turnstile, kept, broker, dealer, members, counters);
        this.meta = new MetaApi(codec, context.counters(), turnstile, context.workers(), this::onDenied)
                .offer(broker.procedures())
                .offer(dealer.procedures())
                .offer(new SessionProcedures(this, members).byUri())
                .offer(new MonitoringProcedures(this, context, members, report).byUri())
                .offer(authorizerQueries.procedures(members))
                .offerOthers(context.offered()::find)
                .offerOnly(config.features()::offers);
        port.admitBy(admits -> inTurn(() -> closer.admit(admits)));
        if (link != null) {
            Map<String, MetaProcedure> answers = broker.answersToRouters(meta.offered());
            meta.offer(new ClusterWideProcedures(link, codec).byUri(meta.offered()));
            port.answerBy(
                    new RemoteQuestions(answers, authorizerQueries::boundsOf, codec, turnstile, context.workers()));
        }
        this.routing = new MessageRouter(
                turnstile, new MessageRouter.Receivers(broker, dealer, meta), authorizerQueries, closer, counters);
        this.routerCaller = new RouterCaller(context.sessionIds().reserve(), bounds, dealer, codec);
    }

    /** Routes the messages of the sessions. */
    MessageRouter routing() {
        return routing;
    }

    /** The present policy of the realm. */
    RealmPolicy policy() {
        return policy;
    }

    RealmConfig config() {
        return policy.config();
    }

    /** The number of operations that wait for the turn. */
    int waiting() {
        return turnstile.waiting();
    }

    /** Called once a second, in a pass: updates {@code series} in the turn. */
    void submitReport(RealmMetrics series) {
        turnstile.run(() -> {
            report.report(series);
            broker.onSecond();
            dealer.onSecond();
        });
    }

    /** The time for which the realm has had no sessions; 0 while it has a session. */
    long emptyNanos(long nowNanos) {
        long since = emptySinceNanos;
        return since == OCCUPIED ? 0 : nowNanos - since;
    }

    /** Ends a realm without sessions, which will get no more sessions. */
    void end() {
        if (link != null) {
            link.end();
        }
        context.sessionIds().cancel(routerCaller.id());
        kept.close();
        // On a worker, because the caller may hold a lock.
        context.workers().execute(() -> inTurn(report::end));
    }

    /** Creates a session for {@code client} and sends {@code WELCOME}. Then {@code joined} runs in the turn. */
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
        inTurn(() -> routerCaller.call(procedure, payload, timeout, answer));
        return answer;
    }

    /** Ends all sessions, because the router shuts down; no client may join any more. */
    void submitShutdown() {
        turnstile.run(() -> closer.shutDown(this::stop));
    }

    /**
     * Ends the sessions without an open call, because the router shuts down; no client may join any more. Completes with the number of
     * remaining sessions.
     */
    CompletableFuture<Integer> submitDrain() {
        CompletableFuture<Integer> left = new CompletableFuture<>();
        inTurn(() -> closer.drain(() -> left.complete(members.size())));
        return left;
    }

    /** Ends all sessions with {@code reason}, because the configuration no longer contains this realm. Completes when they have ended. */
    CompletableFuture<Void> submitDismissal(JoinRefused reason) {
        CompletableFuture<Void> dismissed = new CompletableFuture<>();
        inTurn(() -> closer.dismissAll(reason, () -> {
            dealer.stop();
            dismissed.complete(null);
        }));
        return dismissed;
    }

    /**
     * Replaces the policy, unless the realm already has a policy of the same or a later configuration. Completes when all sessions use the
     * policy.
     */
    CompletableFuture<Void> submitPolicy(RealmPolicy next) {
        CompletableFuture<Void> applied = new CompletableFuture<>();
        inTurn(() -> {
            RealmPolicy before = policy;
            if (before.isBefore(next)) {
                policy = next;
                if (link != null) {
                    link.use(next.config());
                }
                meta.use(next.config().features()::offers);
                policyChange.apply(before, next, () -> applied.complete(null));
            } else {
                applied.complete(null);
            }
        });
        return applied;
    }

    /** Runs {@code operation} in the turn as a separate operation, in a pass. */
    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
    }

    @InTurn
    private void joinNow(ClientConnection client, Roles roles, JoinGrant grant) {
        if (opener.join(client, roles, grant, closer.closing(), members)) {
            emptySinceNanos = OCCUPIED;
            counters.onJoined();
        }
    }

    private void onFault(Throwable fault) {
        context.workers().execute(() -> LOG.error("realm {}: an operation failed", config().name(), fault));
    }

    /** Ends sessions by the meta API, in slices; {@code wamp.session.on_leave} is published for each if {@code published}. */
    @InTurn
    void kill(Session by, List<JoinedSession> targets, Goodbye goodbye, boolean published) {
        closer.kill(by, targets, goodbye, published);
    }

    /** Writes a denial by a procedure of the meta API to the audit log. The reading thread writes the denials by rules. */
    @InTurn
    private void onDenied(Session session, PermissionQuery query) {
        JoinedSession member = members.get(session.id());
        if (member != null) {
            context.audit(() -> member.authorization().onDenied(query));
        }
    }

    @InTurn
    private void onEmptied() {
        emptySinceNanos = context.timers().nanos();
    }

    @InTurn
    private void stop() {
        dealer.stop();
        if (link != null) {
            // Sends the publications of the last sessions.
            link.flush();
            link.close();
        }
    }
}
