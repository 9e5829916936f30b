package io.junctor.cluster.nats;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one engine, or says why that fails. Confined to the thread that opens it. */
final class EngineOpening {
    private static final Logger LOG = LoggerFactory.getLogger(EngineOpening.class);
    private static final String OLDEST = "2.11.0";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For what is tried again: a request that comes while a stream has no leader is lost without a word. */
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

    private final NatsSettings settings;
    private final Names names;
    private final RouterId router;
    private final ConnectionReports reports =
            new ConnectionReports(error -> LOG.warn("NATS refused something: {}", error));
    private final Map<Traffic, NatsConnection> connections = new EnumMap<>(Traffic.class);
    private final Map<Store, NatsRecords> records = new EnumMap<>(Store.class);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<NatsEngine> opened = new CompletableFuture<>();

    EngineOpening(NatsSettings settings, RouterId router) {
        this.settings = settings;
        this.names = Names.of(settings.cluster());
        this.router = router;
    }

    NatsEngine open() {
        try {
            for (Traffic traffic : Traffic.values()) {
                Inbound inbound = NatsConnection.inbound(traffic, names);
                Connection connection = connect(traffic, inbound);
                connections.put(traffic, new NatsConnection(router, traffic, names, connection, inbound));
            }
            openStreams(connection(Traffic.CONTROL));
            NatsJournal journal = openJournal(connection(Traffic.EVENTS));
            bringMarksBack(Traffic.CONTROL, Traffic.EVENTS, Traffic.CALLS);
            bringMarksBack(Traffic.CALLS, Traffic.CONTROL);
            records.values().forEach(NatsRecords::listen);
            for (NatsConnection connection : connections.values()) {
                connection.connection().flush(Duration.ofSeconds(2));
            }
            NatsEngine engine = new NatsEngine(router, connections, records, journal, threads);
            opened.complete(engine);
            return engine;
        } catch (EngineException refused) {
            closeAll();
            throw refused;
        } catch (IOException | TimeoutException fault) {
            closeAll();
            throw silence(fault);
        } catch (InterruptedException interrupted) {
            closeAll();
            Thread.currentThread().interrupt();
            throw new EngineException("connecting to NATS was interrupted", true);
        }
    }

    /** Connects, and takes nothing. */
    Connection connect(Traffic traffic) throws InterruptedException {
        return connect(traffic, NatsConnection.inbound(traffic, names));
    }

    /** Connects to the first server that answers, if it can be used. */
    private Connection connect(Traffic traffic, Inbound inbound) throws InterruptedException {
        try {
            var options = new ConnectionOptions(settings, router, names);
            Connection connection =
                    Nats.connect(options.build(traffic, reports, inbound, event -> onEvent(traffic, event)));
            check(connection);
            return connection;
        } catch (AuthenticationException refused) {
            throw new EngineException(
                    "NATS refused the login with " + settings.login() + " at " + settings.servers() + ": "
                            + refused.getMessage(),
                    false);
        } catch (IOException fault) {
            throw unreachable(fault);
        }
    }

    /** What happens while the engine is opened is told to it afterwards. */
    private void onEvent(Traffic traffic, ConnectionListener.Events event) {
        var unused = opened.thenAccept(engine -> engine.onEvent(traffic, event));
    }

    private void check(Connection connection) throws InterruptedException {
        ServerInfo server = connection.getServerInfo();
        String problem = "";
        if (!server.isSameOrNewerThanVersion(OLDEST)) {
            problem = "is of version " + server.getVersion() + ", but a cluster needs nats-server " + OLDEST
                    + " or newer";
        } else if (!server.isJetStreamAvailable()) {
            problem = "has no JetStream, which a cluster needs; start it with -js, or with a jetstream section";
        }
        if (!problem.isEmpty()) {
            String url = connection.getConnectedUrl();
            connection.close();
            throw new EngineException("the NATS server " + url + " " + problem, false);
        }
    }

    private void openStreams(NatsConnection control) throws IOException {
        Streams streams = new Streams(settings, names, control.connection(), PATIENCE);
        Streams impatient = new Streams(settings, names, control.connection(), SHORT_PATIENCE);
        streams.open(Store.HISTORY);
        for (Store store : Store.ofRecords()) {
            streams.open(store);
            StreamWriter writer = new StreamWriter(control, names, store, streams.stream(), PATIENCE);
            StreamReader reader = new StreamReader(names, store, impatient);
            records.put(store, new NatsRecords(control, names, store, writer, reader, threads));
        }
        streams.prove(Store.REGISTRY, router);
    }

    /** What histories take does not delay heartbeats. */
    private NatsJournal openJournal(NatsConnection events) throws IOException {
        Streams streams = new Streams(settings, names, events.connection(), PATIENCE);
        return new NatsJournal(
                names,
                new StreamWriter(events, names, Store.HISTORY, streams.stream(), PATIENCE),
                new StreamReader(names, Store.HISTORY, streams),
                streams.management(),
                threads);
    }

    /** Marks of other connections come back on the connection for {@code to}. */
    private void bringMarksBack(Traffic to, Traffic... from) {
        for (Traffic traffic : from) {
            NatsConnection marked = connection(traffic);
            connection(to).take(names.mark(traffic, router), marked::onMark);
        }
    }

    private EngineException unreachable(IOException fault) {
        Throwable cause = reports.lastCause();
        boolean isTls = cause instanceof GeneralSecurityException || cause instanceof SSLException;
        String detail = cause == null ? String.valueOf(fault.getMessage()) : String.valueOf(cause.getMessage());
        return isTls
                ? new EngineException(
                        "the TLS connection to NATS at " + settings.servers() + " failed: " + detail, false)
                : new EngineException("no NATS server answers at " + settings.servers() + ": " + detail, true);
    }

    private EngineException silence(Exception fault) {
        String refused = reports.lastError();
        return refused == null
                ? new EngineException("NATS at " + settings.servers() + " does not answer: " + fault.getMessage(), true)
                : new EngineException("NATS at " + settings.servers() + " refused: " + refused, false);
    }

    private NatsConnection connection(Traffic traffic) {
        NatsConnection found = connections.get(traffic);
        if (found == null) {
            throw new IllegalStateException("no connection for " + traffic);
        }
        return found;
    }

    private void closeAll() {
        connections.values().forEach(NatsConnection::close);
        threads.shutdown();
    }
}
