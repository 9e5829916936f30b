package io.junctor.router.realm;

import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.broker.Broker;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.dealer.RemoteDealers;
import io.junctor.router.memory.KeptBytes;
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
 * A realm: its broker, its dealer and its sessions, which join, get another policy, and end (section "Realms and Transports"). Thread-safe:
 * everything that touches its state goes through its turnstile.
 */
final class Realm implements ProcedureCaller {
    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);
    private static final long OCCUPIED = Long.MIN_VALUE;

    private final RouterContext context;
    private final Turnstile turnstile;
    private final ArgumentsCodec codec = new ArgumentsCodec();
    /** Replaced in the turn; read there and by threads that look for the realm's configuration, not for each message. */
    private volatile RealmPolicy policy;

    // Confined to the turn.
    private final KeptBytes.Account kept;
    private final RealmCounters counters;
    private final RealmReport report;
    private final Broker broker;
    private final Dealer dealer;
    private final Routing routing;
    private final @Nullable RealmLink link;
    private final MetaApi meta;
    private final RouterCaller routerCaller;
    private final IdTable<JoinedSession> members = new IdTable<>();
    private final Arrivals arrivals;
    private final AuthorizerQueries authorizerQueries;
    private final Departures departures;
    private final PolicyChange policyChange;
    /** The time since when the realm has no sessions, or OCCUPIED. Written in the turn, read by the sweep. */
    private volatile long emptySinceNanos;

    /** A realm without sessions; {@code realms} finds other realms by name, after all have been made. */
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
                link == null ? null : new RemoteDealers.Elsewhere(link, bounds));
        port.deliverTo(broker, dealer.remote());
        this.authorizerQueries = new AuthorizerQueries(this::policy, context, realms, turnstile, dealer);
        this.departures = new Departures(context, turnstile, broker, dealer, members, this::onEmptied);
        this.policyChange = new PolicyChange(turnstile, broker, dealer, authorizerQueries, departures, members::copy);
        this.arrivals = new Arrivals(
                this, context, codec, broker, authorizerQueries, new SessionAllocator(ids, context.sessionIds()));
        this.report = new RealmReport(turnstile, kept, broker, dealer, members, counters);
        this.meta = new MetaApi(codec, context.counters(), turnstile, context.workers(), this::onDenied)
                .offer(broker.procedures())
                .offer(dealer.procedures())
                .offer(new SessionProcedures(this, members).byUri())
                .offer(new OperatorProcedures(this, context, members, report).byUri())
                .offer(authorizerQueries.procedures(members))
                .offerOthers(context.offered()::find)
                .offerOnly(config.features()::offers);
        port.admitBy(admits -> inTurn(() -> departures.admit(admits)));
        if (link != null) {
            Map<String, MetaProcedure> answers = broker.answersToRouters(meta.offered());
            meta.offer(new SharedProcedures(link, codec).byUri(meta.offered()));
            port.answerBy(
                    new RemoteQuestions(answers, authorizerQueries::boundsOf, codec, turnstile, context.workers()));
        }
        this.routing = new Routing(
                turnstile, new Routing.Receivers(broker, dealer, meta), authorizerQueries, departures, counters);
        this.routerCaller = new RouterCaller(context.sessionIds().reserve(), bounds, dealer, codec);
    }

    /** Routes what its sessions send. */
    Routing routing() {
        return routing;
    }

    /** What its sessions may do now. */
    RealmPolicy policy() {
        return policy;
    }

    RealmConfig config() {
        return policy.config();
    }

    /** How many operations wait for the turn. */
    int waiting() {
        return turnstile.waiting();
    }

    /** A second has passed: brings {@code series} up to date, in the turn. Called in a pass. */
    void submitReport(RealmMetrics series) {
        turnstile.run(() -> {
            report.report(series);
            broker.onSecond();
            dealer.onSecond();
        });
    }

    /** How long the realm has had no sessions; 0 while it has one. */
    long emptyNanos(long nowNanos) {
        long since = emptySinceNanos;
        return since == OCCUPIED ? 0 : nowNanos - since;
    }

    /** The realm has no sessions and will get none: frees its session id. */
    void end() {
        if (link != null) {
            link.end();
        }
        context.sessionIds().cancel(routerCaller.id());
        kept.close();
        // On a worker: the caller may hold a lock.
        context.workers().execute(() -> inTurn(report::end));
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
        inTurn(() -> routerCaller.call(procedure, payload, timeout, answer));
        return answer;
    }

    /** Ends all sessions as the router shuts down; no client joins any more. */
    void submitShutdown() {
        turnstile.run(() -> departures.shutDown(this::stop));
    }

    /** Ends the sessions without an open call as the router shuts down; no client joins any more. Completes with the number of the others. */
    CompletableFuture<Integer> submitDrain() {
        CompletableFuture<Integer> left = new CompletableFuture<>();
        inTurn(() -> departures.drain(() -> left.complete(members.size())));
        return left;
    }

    /** Ends all sessions with {@code reason}, as the configuration no longer has this realm. Completes when they have ended. */
    CompletableFuture<Void> submitDismissal(JoinRefused reason) {
        CompletableFuture<Void> dismissed = new CompletableFuture<>();
        inTurn(() -> departures.dismissAll(reason, () -> {
            dealer.stop();
            dismissed.complete(null);
        }));
        return dismissed;
    }

    /** Replaces the policy unless it has one of the same or a later configuration. Completes when it holds for all sessions. */
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

    /** As an operation of its own, in a pass. */
    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
    }

    @InTurn
    private void joinNow(ClientConnection client, Roles roles, JoinGrant grant) {
        if (arrivals.join(client, roles, grant, departures.closing(), members)) {
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
        departures.kill(by, targets, goodbye, published);
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
    private void onEmptied() {
        emptySinceNanos = context.timers().nanos();
    }

    @InTurn
    private void stop() {
        dealer.stop();
        if (link != null) {
            // What the last sessions have published.
            link.flush();
            link.close();
        }
    }
}
