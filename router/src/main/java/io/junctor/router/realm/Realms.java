package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.audit.LogRateLimits;
import io.junctor.router.authentication.AccountAuthenticator;
import io.junctor.router.authentication.AuthenticationMethods;
import io.junctor.router.authentication.CertificateAuthenticator;
import io.junctor.router.authentication.ConnectionSecurity;
import io.junctor.router.authentication.HelloSummary;
import io.junctor.router.authentication.JoinGrant;
import io.junctor.router.authentication.JoinRestrictionCheck;
import io.junctor.router.authentication.JoinableRealm;
import io.junctor.router.authentication.LoginQueues;
import io.junctor.router.authentication.LoginThrottle;
import io.junctor.router.authentication.MethodSelection;
import io.junctor.router.authentication.ProcedureAuthenticator;
import io.junctor.router.authentication.RealmDirectory;
import io.junctor.router.authentication.SessionHandshake;
import io.junctor.router.authentication.UserTable;
import io.junctor.router.authentication.UsersFirstAuthenticator;
import io.junctor.router.authentication.method.AuthenticationContext;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.ClientConnections;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.TrustedIdentity;
import io.junctor.router.memory.RouterMemory;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.MetricHistory;
import io.junctor.router.metrics.RealmMetrics;
import io.junctor.router.metrics.RealmMetricsTable;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.SessionIds;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.OperatorProcedure;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, creates and ends the realms of a router. Thread-safe. */
public final class Realms implements RealmDirectory {
    /**
     * The external services that the realms use.
     *
     * @param timers the clock
     * @param workers runs tasks that may block
     * @param random the source of ids
     */
    public record ExternalServices(Timers timers, Executor workers, SecureRandom random) {}

    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);

    private static final JoinRefused NO_AUDIT = new JoinRefused(
            WampError.AUTHENTICATION_FAILED.uri(),
            "the router cannot write its audit log, which it has to for each join: try again later",
            Dict.of("_retry", true));
    private static final JoinRefused LOW_MEMORY = new JoinRefused(
            WampError.LIMIT_EXCEEDED.uri(), "the router is low on memory: try again later", Dict.of("_retry", true));
    private static final JoinRefused NO_CLUSTER = new JoinRefused(
            WampError.NETWORK_FAILURE.uri(),
            "the router has not come into its cluster yet: try again later, or another router",
            Dict.of("_retry", true));

    private final RealmMetricsTable metrics = new RealmMetricsTable();
    private final OnDemandRealms onDemand;
    private final AuthenticationContext authentication;
    /** The realms of the present configuration. Replaced by a reload; read for each client that joins. */
    private volatile RealmTable table;

    private final RouterContext context;
    private final LoginThrottle loginThrottle;
    private final ClientConnections connections;
    private final Timers.Timer sweep;

    /**
     * Creates the realms of {@code config}.
     *
     * @param history contains the counters, and is sampled from now on
     * @param cluster connects the realms with those of other routers; null without a cluster
     */
    public Realms(
            RouterConfig config,
            MetricHistory history,
            ExternalServices sources,
            RouterMemory memory,
            @Nullable Cluster cluster) {
        SecureRandom random = sources.random();
        Timers timers = sources.timers();
        SessionIds ids = new SessionIds(new RandomIds(random));
        this.context = new RouterContext(
                ids, random, timers, sources.workers(), memory, cluster, history, new OperatorProcedureTable());
        this.loginThrottle = new LoginThrottle(config.limits(), timers);
        this.connections = connections(config);
        this.authentication = AuthenticationContext.of(random, timers::now, timers::nanos, history.counters());
        this.table = new RealmTable(0, config, Map.of(), Map.of());
        this.onDemand = new OnDemandRealms(
                config.templates(),
                context,
                name -> table.byName().containsKey(name),
                realm -> table.policy(realm),
                this::open);
        this.table = next(config);
        this.sweep = timers.every(SWEEP_PERIOD, this::sweep);
    }

    private ClientConnections connections(RouterConfig config) {
        LogRateLimits logLimits = LogRateLimits.of(context.timers(), context.counters());
        SessionHandshake.Context handshakes = new SessionHandshake.Context(
                this,
                context.sessionIds(),
                loginThrottle,
                LoginQueues.of(context.workers()),
                context.counters(),
                context.timers(),
                context.workers(),
                logLimits);
        ClientConnections made = new ClientConnections(
                new ClientConnections.Context(
                        context.counters(),
                        context.timers(),
                        context.workers(),
                        context.memory().outboxes(),
                        logLimits),
                client -> new SessionHandshake(handshakes, client));
        made.use(config.requestFields(), config.shutdown() == ShutdownNotice.GOODBYE);
        return made;
    }

    /** Offers a procedure of the program around the router in all realms. */
    public void offer(String uri, OperatorProcedure procedure) {
        context.offered().offer(uri, procedure);
    }

    /** The connections of the router. */
    public ClientConnections connections() {
        return connections;
    }

    /** The number of open sessions. */
    public int sessions() {
        return context.sessionIds().size();
    }

    /** The number of operations that wait for a turn, in all realms. */
    public int waitingOperations() {
        return all().mapToInt(Realm::waiting).sum();
    }

    /** The number of realms that exist now. */
    public int size() {
        return (int) all().count();
    }

    private Stream<Realm> all() {
        return Stream.concat(table.byName().values().stream(), onDemand.open().stream());
    }

    /** The figures of each realm, updated once a second. */
    public RealmMetricsTable metrics() {
        return metrics;
    }

    /** The bytes of the messages that wait in all outboxes. */
    public long outboxBytes() {
        return context.memory().outboxes().totalBytes();
    }

    /**
     * Ends all sessions, with {@code GOODBYE} if that is configured (section "Session Closing"), and closes all other connections. No
     * session begins any more. Returns at once.
     */
    public void beginShutdown() {
        connections.beginShutdown();
        try (Pass pass = Pass.open()) {
            table.byName().values().forEach(Realm::submitShutdown);
            onDemand.submitShutdown();
        }
        connections.shutDown();
    }

    /** From now on no session begins, and connections without one are closed. */
    public void beginDrain() {
        connections.beginShutdown();
        connections.shutDown();
    }

    /** Ends the sessions without an open call. Returns the number of remaining sessions. Must not be called in a turn. */
    public int drain() {
        return all().map(Realm::submitDrain).toList().stream()
                .mapToInt(CompletableFuture::join)
                .sum();
    }

    /** Drops all remaining connections. */
    public void dropAll() {
        sweep.cancel();
        connections.dropAll();
    }

    @Override
    public MethodSelection select(Hello hello, Connection transport) {
        Uri name = hello.realm();
        if (connections.isClosing()) {
            return new MethodSelection.Refused(ClientConnections.SHUTS_DOWN);
        }
        if (AuditLog.refusesJoins()) {
            return new MethodSelection.Refused(NO_AUDIT);
        }
        if (context.memory().heap().refusesJoins()) {
            return new MethodSelection.Refused(LOW_MEMORY);
        }
        if (context.awaitsCluster()) {
            return new MethodSelection.Refused(NO_CLUSTER);
        }
        Refusal bad = name == null ? null : UriCheck.DEFAULT.refusal(name, MatchPolicy.EXACT);
        if (bad != null) {
            return new MethodSelection.Refused(JoinRefused.of(WampError.INVALID_URI, "the realm: " + bad.text()));
        }
        RealmTable now = table;
        String asked = name == null ? now.config().helloWithoutRealm() : name.text();
        JoinableRealm realm = asked == null ? null : find(asked);
        AuthenticationMethods offered = realm == null ? null : now.methods().get(realm.family());
        if (realm == null || offered == null) {
            return new MethodSelection.Refused(noRealm(asked));
        }
        TrustedIdentity trusted = transport.identity();
        if (trusted != null) {
            return trusted(realm, trusted);
        }
        // Without a realm in HELLO, the authenticator chooses the realm, and the handshake checks it.
        String problem = name == null ? null : JoinRestrictionCheck.realmProblem(transport.joins(), realm);
        boolean hasAccount = transport.peerCredentials() != null;
        List<String> named = offered.named(hello.details().authmethods(), hasAccount);
        List<String> usable = JoinRestrictionCheck.methods(transport.joins(), named);
        if (problem != null || usable.isEmpty()) {
            context.counters().increment(Counter.JOINS_RESTRICTED);
            return problem == null
                    ? new MethodSelection.Refused(JoinRestrictionCheck.noMethod(transport.joins(), named))
                    : new MethodSelection.Refused(noRealm(asked), problem);
        }
        MethodSelection selection = offered.admit(realm, usable, ConnectionSecurity.of(transport));
        return name == null && selection instanceof MethodSelection.Anonymous
                ? new MethodSelection.Refused(JoinRefused.NO_REALM)
                : selection;
    }

    private static MethodSelection trusted(JoinableRealm realm, TrustedIdentity identity) {
        return realm.config().roles().containsKey(identity.authrole())
                ? new MethodSelection.Trusted(realm, identity)
                : new MethodSelection.Refused(JoinRefused.of(
                        WampError.NO_SUCH_ROLE,
                        "realm '" + realm.name() + "' does not have the role '" + identity.authrole() + "'"));
    }

    static JoinRefused noRealm(@Nullable String asked) {
        return asked == null
                ? JoinRefused.NO_REALM
                : JoinRefused.of(
                        WampError.NO_SUCH_REALM, "this router has no realm '" + HelloSummary.shown(asked) + "'");
    }

    @Override
    public @Nullable JoinableRealm find(String name) {
        Realm known = table.byName().get(name);
        return known == null ? onDemand.find(name) : new JoinableRealm(known.config(), null);
    }

    @Override
    public void join(JoinableRealm realm, ClientConnection client, Roles roles, JoinGrant grant) {
        Realm known = table.byName().get(realm.name());
        if (known == null) {
            onDemand.join(realm.name(), client, roles, grant);
        } else {
            known.join(client, roles, grant, () -> {});
        }
    }

    /**
     * Replaces the configuration, and returns when it is in force: new realms are open, sessions have their new permissions, and sessions
     * that are no longer admitted were sent {@code GOODBYE}. Must not be called in a turn; one call at a time.
     */
    public void reload(RouterConfig config) {
        RealmTable before = table;
        RealmTable next = next(config);
        // Before clients are authenticated by the new configuration, because a role that it grants must exist.
        CompletableFuture.allOf(next.byName().values().stream()
                        .map(realm -> realm.submitPolicy(next.policy(config(next, realm))))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        table = next;
        loginThrottle.use(config.limits());
        connections.use(config.requestFields(), config.shutdown() == ShutdownNotice.GOODBYE);
        onDemand.reload(config.templates()).join();
        before.byName().forEach((name, realm) -> {
            if (!next.byName().containsKey(name)) {
                realm.submitDismissal(noRealm(name)).thenRun(realm::end).join();
            }
        });
    }

    private static RealmConfig config(RealmTable next, Realm realm) {
        return next.config().realms().stream()
                .filter(config -> config.name().equals(realm.config().name()))
                .findFirst()
                .orElseThrow();
    }

    /** Creates the table of the realms of {@code config}: existing realms, which keep their policies for now, and new realms. */
    private RealmTable next(RouterConfig config) {
        RealmTable before = table;
        RealmTable policies = new RealmTable(before.generation() + 1, config, Map.of(), Map.of());
        Map<String, Realm> byName = new LinkedHashMap<>();
        for (RealmConfig realm : config.realms()) {
            Realm known = before.byName().get(realm.name());
            byName.put(realm.name(), known == null ? open(policies.policy(realm)) : known);
        }
        metrics.use(config.all().map(RealmConfig::name).toList());
        Map<String, AuthenticationMethods> methods = new HashMap<>();
        config.all()
                .forEach(realm -> methods.put(
                        realm.name(),
                        new AuthenticationMethods(
                                realm.auth(), source -> authenticator(source, realm.name()), authentication)));
        return new RealmTable(before.generation() + 1, config, byName, methods);
    }

    private Realm open(RealmPolicy policy) {
        return new Realm(policy, context, this::realm);
    }

    /** The realm with this name, or null if it does not exist now. */
    @Nullable
    Realm realm(String name) {
        Realm known = table.byName().get(name);
        return known == null ? onDemand.realm(name) : known;
    }

    private Authenticator authenticator(AuthSource source, String realm) {
        return switch (source) {
            case AuthSource.Users users -> new UserTable(users);
            case AuthSource.Procedure procedure -> new ProcedureAuthenticator(procedure, realm, this::realm);
            case AuthSource.Program program -> program.authenticator();
            case AuthSource.UsersFirst first ->
                new UsersFirstAuthenticator(new UserTable(first.users()), authenticator(first.others(), realm));
            // Unused, because the flow of tokens reads the token itself and asks no authenticator.
            case AuthSource.Tokens tokens -> request -> JoinRefused.DENIED;
            case AuthSource.Holders holders -> new CertificateAuthenticator(holders);
            case AuthSource.Accounts accounts -> new AccountAuthenticator(accounts);
        };
    }

    private void sweep() {
        long now = context.timers().nanos();
        connections.sweep(now);
        try (Pass pass = Pass.open()) {
            Map<String, RealmMetrics> series = metrics.byName();
            table.byName().forEach((name, realm) -> report(realm, series.get(name)));
            onDemand.forEach((template, realm) -> report(realm, series.get(template)));
        }
        onDemand.sweep(now);
        context.memory().heap().recheck(now);
        context.history().sample(now, context.timers().now());
    }

    /** Updates the figures of a realm; {@code series} is null if a reload has already removed the series, but not yet the realm. */
    private static void report(Realm realm, @Nullable RealmMetrics series) {
        if (series != null) {
            realm.submitReport(series);
        }
    }
}
