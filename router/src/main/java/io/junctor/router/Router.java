package io.junctor.router;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authorization.PermissionWarnings;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.ConfigWarning;
import io.junctor.router.config.ConfigWarnings;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.connection.ClientConnections;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.router.memory.GarbageCollectionListener;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RouterMemory;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.MetricHistory;
import io.junctor.router.realm.Realms;
import io.junctor.router.spi.OperatorProcedure;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Workers;
import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running router: its realms and the sessions in them. Thread-safe.
 *
 * <p>A router has no listeners of its own: clients connect through {@link #accept}, which is called by the listeners of
 * {@code io.junctor.server.RouterServer} or by an endpoint inside a web application. Clients in the same process connect without a socket;
 * with the client library, by {@code Session.join(router, "realm1")}.
 */
public final class Router implements ConnectionAcceptor, InProcessRouter, AutoCloseable {
    private static final long GRACE_SECONDS = 5;
    private static final long DRAIN_STEP_MILLIS = 20;

    private final Counters counters = new Counters();
    private final Executor workers;
    private final AtomicBoolean shutDown = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    /**
     * A lock instead of a monitor: a virtual thread that waits for a lock releases its carrier thread, which the lock's holder may need.
     */
    private final Lock reloading = new ReentrantLock();

    private volatile RouterConfig config;
    private final Timers timers;
    private final RouterMemory memory;
    private final Runnable endHeapReports;
    private final Realms realms;
    private final ClientConnections connections;
    private final TransportContext transportContext;
    private final InProcessEndpoint inProcess;

    private Router(
            RouterConfig config,
            Function<Executor, Timers> timers,
            Function<LowHeapMonitor, Runnable> beginHeapReports,
            @Nullable Cluster cluster,
            @Nullable Executor workers,
            SecureRandom random) {
        this.config = config;
        this.workers = workers == null ? new Workers(() -> counters.increment(Counter.TASKS_POSTPONED)) : workers;
        this.timers = timers.apply(this.workers);
        this.memory = RouterMemory.of(config.limits(), counters);
        this.endHeapReports = beginHeapReports.apply(memory.heap());
        if (cluster != null) {
            cluster.begin(this.timers);
        }
        MetricHistory history = new MetricHistory(counters, this::gauges, this.timers.now());
        this.realms = new Realms(
                config, history, new Realms.ExternalServices(this.timers, this.workers, random), memory, cluster);
        this.connections = realms.connections();
        this.transportContext = new TransportContext(
                connections,
                counters,
                this.timers,
                ConnectionLimit.of(config.limits()).refusingWith(memory.heap()),
                gauges(),
                realms.metrics(),
                cluster);
        this.inProcess = InProcessEndpoint.of(transportContext, this.workers, connections::isClosing);
        realms.offer("junctor.config.router", arguments -> RouterConfigListing.of(config()));
        if (AuditLog.isOn()) {
            audit(config);
        }
    }

    /**
     * Enables the audit log for all routers of this process: lines of level info to the logger {@code junctor.audit}. Call this before a
     * router opens, because an opening router writes its configuration to the audit log.
     */
    public static void enableAuditLog() {
        AuditLog.enable();
    }

    private static void audit(RouterConfig config) {
        config.all().forEach(Router::audit);
    }

    private static void audit(RealmConfig realm) {
        Dict line = new Dict.Builder()
                .put("realm", realm.name())
                .put("anonymous_role", realm.anonymousRole())
                .put("anonymous_loopback_role", realm.auth().loopbackRole())
                .put(
                        "methods",
                        realm.auth().offers().stream()
                                .map(offer -> offer.method().wire())
                                .collect(Collectors.joining(" ")))
                .put("roles", realm.roles().keySet().stream().sorted().collect(Collectors.joining(" ")))
                .build();
        AuditLog.write("configuration", line.entries());
    }

    /**
     * Returns warnings about parts of a configuration that are valid, but probably not meant: roles that no client can have, services whose
     * role does not have the permissions that they need, messages that do not fit into the heap of this JVM, and others. Resolves host
     * names, which may take seconds.
     */
    public static List<ConfigWarning> warnings(RouterConfig config) {
        return Stream.concat(
                        ConfigWarnings.of(config, Runtime.getRuntime().maxMemory()).stream(),
                        PermissionWarnings.of(config).stream())
                .toList();
    }

    /** Opens a router with the realms of {@code config}; clients connect through {@link #accept}. */
    public static Router open(RouterConfig config) {
        return new Router(config, SystemTimers::new, Router::reportCollections, null, null, new SecureRandom());
    }

    /**
     * Opens a router with the realms of {@code config} as a member of {@code cluster}: realms of one name on its routers act as one realm.
     * The caller closes the cluster after the router.
     */
    public static Router open(RouterConfig config, Cluster cluster) {
        return new Router(config, SystemTimers::new, Router::reportCollections, cluster, null, new SecureRandom());
    }

    /** Opens a router like {@link #open(RouterConfig)}, with the caller's clock. */
    public static Router open(RouterConfig config, Timers timers) {
        return open(config, timers, Router::reportCollections);
    }

    /**
     * Opens a router like {@link #open(RouterConfig, Timers)}, with heap usage reports from the caller instead of a report after each
     * garbage collection: {@code beginHeapReports} starts the reports and returns the action that stops them when the router closes.
     */
    public static Router open(RouterConfig config, Timers timers, Function<LowHeapMonitor, Runnable> beginHeapReports) {
        return new Router(config, workers -> timers, beginHeapReports, null, null, new SecureRandom());
    }

    /** Opens a router like {@link #open(RouterConfig, Timers, Function)}, as a member of {@code cluster}. */
    public static Router open(
            RouterConfig config, Timers timers, Function<LowHeapMonitor, Runnable> beginHeapReports, Cluster cluster) {
        return new Router(config, workers -> timers, beginHeapReports, cluster, null, new SecureRandom());
    }

    /**
     * Opens a router like {@link #open(RouterConfig, Timers, Function, Cluster)}, with the caller's threads and random numbers: a program
     * that supplies clock, threads and random numbers can repeat a run exactly.
     *
     * @param workers runs tasks that may block, never on the calling thread
     * @param random the source of ids
     */
    public static Router open(
            RouterConfig config,
            Timers timers,
            Function<LowHeapMonitor, Runnable> beginHeapReports,
            Cluster cluster,
            Executor workers,
            SecureRandom random) {
        return new Router(config, own -> timers, beginHeapReports, cluster, workers, random);
    }

    private static Runnable reportCollections(LowHeapMonitor heap) {
        return new GarbageCollectionListener(heap)::close;
    }

    private List<Gauge> gauges() {
        return List.of(
                new Gauge("sessions", "sessions that are open", this::sessions),
                new Gauge("realms", "realms that exist", realms::size),
                new Gauge(
                        "webhook_events_waiting", "events that wait for webhooks to deliver them", this::webhookEvents),
                new Gauge("operations_waiting", "operations that wait for a realm's turn", this::waitingOperations),
                new Gauge("outbox_bytes", "bytes that wait for clients, and of open calls", this::outboxBytes),
                new Gauge("mailbox_bytes", "bytes of messages that wait to be routed", memory.mailboxes()::bytes),
                new Gauge(
                        "kept_bytes", "bytes of retained events, testaments and histories", memory.kept()::totalBytes),
                new Gauge(
                        "heap_used_bytes",
                        "bytes of the heap in use after the last garbage collection",
                        memory.heap()::usedBytes));
    }

    @Override
    public RequestFields.Names requestFields() {
        return connections.requestFields();
    }

    @Override
    public MessageReceiver accept(Connection connection) {
        return connections.accept(connection);
    }

    /** Connects a client in the same process. The client authenticates as a client that connects over a socket does. */
    @Override
    public InProcessConnection connect(Serializer serializer, int receiveLimitBytes) {
        return inProcess.connect(serializer, receiveLimitBytes);
    }

    /** Returns an endpoint for clients in the same process; it can give them an identity without authentication, or other limits. */
    public InProcessEndpoint inProcess() {
        return inProcess;
    }

    /**
     * Replaces the configuration while the router runs, and returns when the new configuration is in force. New realms open. Clients of
     * removed realms get {@code GOODBYE wamp.error.no_such_realm}; clients that are no longer admitted, because of their user, method or
     * role, or because of a subscription or registration that their role must no longer have, get {@code GOODBYE} with
     * {@code wamp.error.not_authorized} or {@code wamp.error.no_such_role}. Other clients notice nothing. Each request that the router has
     * read before is decided either by the old rules or by the new rules.
     *
     * <p>Settings that cannot change while the router runs keep their present values. Listeners belong to {@code RouterServer}, which has
     * its own method {@code reload}. Waits while another thread runs this method. Must not be called by an authorizer or authenticator of
     * this router.
     *
     * @return what has changed, and what needs a restart
     * @throws IllegalStateException if the router is shut down
     */
    public ConfigDifference reload(RouterConfig next) {
        reloading.lock();
        try {
            if (shutDown.get()) {
                throw new IllegalStateException("the router is shut down");
            }
            ConfigDifference difference = ConfigDifference.between(config, next);
            RouterLimits limits = difference.applied().limits();
            if (!limits.equals(config.limits())) {
                memory.use(limits);
                transportContext.limit().use(limits);
            }
            realms.reload(difference.applied());
            config = difference.applied();
            if (AuditLog.isOn()) {
                audit(config);
            }
            return difference;
        } finally {
            reloading.unlock();
        }
    }

    /**
     * Offers {@code procedure} in all realms from now on, to sessions whose role has a rule that allows {@code junctor.} procedures.
     *
     * @throws IllegalArgumentException if the URI does not begin with {@code junctor.}
     */
    public void offer(String uri, OperatorProcedure procedure) {
        realms.offer(uri, procedure);
    }

    /** The configuration in force. */
    public RouterConfig config() {
        return config;
    }

    /** The parts of this router that transports use. */
    public TransportContext transportContext() {
        return transportContext;
    }

    /** The counters. */
    public Counters counters() {
        return counters;
    }

    /** The number of open sessions. */
    public int sessions() {
        return realms.sessions();
    }

    /** The number of connections, with or without a session. */
    public int connections() {
        return connections.size();
    }

    /** The number of operations that wait for the turn of a realm. */
    public int waitingOperations() {
        return realms.waitingOperations();
    }

    /**
     * The number of webhook events that are not finished. Reads the counters of finished events first, so that the difference is never
     * negative.
     */
    private long webhookEvents() {
        long done = counters.value(Counter.WEBHOOK_EVENTS_DELIVERED) + counters.value(Counter.WEBHOOK_EVENTS_DROPPED);
        return counters.value(Counter.WEBHOOK_EVENTS) - done;
    }

    /** The bytes of the messages that wait in all outboxes. */
    public long outboxBytes() {
        return realms.outboxBytes();
    }

    /**
     * Ends the sessions that have no open call at once, and the other sessions when their calls have ended; returns after {@code longest}
     * at the latest. No session begins any more. Call {@link #shutDown()} afterwards.
     */
    public void drain(Duration longest) {
        realms.beginDrain();
        long beginNanos = timers.nanos();
        while (realms.drain() > 0 && timers.nanos() - beginNanos < longest.toNanos()) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, DRAIN_STEP_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /**
     * Ends all sessions and closes all connections, after {@code GOODBYE wamp.close.system_shutdown} if that is configured. No session
     * begins any more. Waits up to 5 s for the clients' answers, then drops the remaining connections. A second call has no effect.
     */
    public void shutDown() {
        if (shutDown.compareAndSet(false, true)) {
            realms.beginShutdown();
            connections
                    .empty()
                    .completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS)
                    .join();
            realms.dropAll();
        }
    }

    /** Shuts down as {@link #shutDown()} does, and ends the threads of the router. A second call has no effect. */
    @Override
    public void close() {
        shutDown();
        if (closed.compareAndSet(false, true)) {
            if (timers instanceof SystemTimers own) {
                own.close();
            }
            endHeapReports.run();
            if (workers instanceof Workers own) {
                own.close();
            }
        }
    }
}
