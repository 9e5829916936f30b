package io.junctor.cluster.nats;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The result of an inspection of the NATS servers of a cluster.
 *
 * @param servers the servers of the configuration that answer
 * @param streams the streams of the cluster
 * @param routers the records of the routers
 * @param problems descriptions of the faults, for people; empty if the cluster works
 */
public record NatsReport(List<Server> servers, List<Stream> streams, List<Router> routers, List<String> problems) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * A server.
     *
     * @param url the URL in the configuration
     * @param name the name that the server reports
     * @param version the version of nats-server
     */
    public record Server(String url, String name, String version) {}

    /**
     * A stream.
     *
     * @param name the name of the stream
     * @param leader the server that leads the stream; empty if there is only one server
     * @param replicas the configured number of copies
     * @param messages how many messages the stream contains
     */
    public record Stream(String name, String leader, int replicas, long messages) {}

    /**
     * A router.
     *
     * @param record the stored record; its key is the id of the router
     * @param written when the record was written, by the clock of NATS
     */
    public record Router(Entry record, Instant written) {}

    /** Copies the lists. */
    public NatsReport {
        servers = List.copyOf(servers);
        streams = List.copyOf(streams);
        routers = List.copyOf(routers);
        problems = List.copyOf(problems);
    }

    /**
     * Connects to each server, then opens an engine as {@code router} would, without joining the cluster. Takes 2 s for each server that does
     * not answer.
     */
    static NatsReport of(NatsSettings settings, RouterId router) {
        List<Server> servers = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String url : settings.servers()) {
            NatsSettings one = new NatsSettings(
                    settings.cluster(), List.of(url), settings.login(), settings.tls(), settings.replicas());
            try (Connection connection = new EngineOpening(one, router).connect(Traffic.CONTROL)) {
                ServerInfo info = connection.getServerInfo();
                servers.add(new Server(url, info.getServerName(), info.getVersion()));
            } catch (EngineException problem) {
                problems.add(String.valueOf(problem.getMessage()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (servers.isEmpty()) {
            return new NatsReport(servers, List.of(), List.of(), problems);
        }
        List<Stream> streams = new ArrayList<>();
        List<Router> routers = new ArrayList<>();
        try {
            new EngineOpening(settings, router).open().close();
            look(settings, router, streams, routers);
        } catch (EngineException problem) {
            problems.add(String.valueOf(problem.getMessage()));
        }
        return new NatsReport(servers, streams, routers, problems);
    }

    private static void look(NatsSettings settings, RouterId router, List<Stream> streams, List<Router> routers) {
        Names names = Names.of(settings.cluster());
        try (Connection connection = new EngineOpening(settings, router).connect(Traffic.CONTROL)) {
            Streams all = new Streams(settings, names, connection, PATIENCE);
            JetStreamManagement management = all.management();
            for (Store store : Store.values()) {
                streams.add(stream(management.getStreamInfo(names.stream(store))));
            }
            StreamReader reader = new StreamReader(names, Store.ROUTERS, all);
            for (Entry entry : reader.read().entries()) {
                ZonedDateTime written = management
                        .getMessage(names.stream(Store.ROUTERS), entry.revision())
                        .getTime();
                routers.add(new Router(
                        entry,
                        Objects.requireNonNull(written, "time of a stored message")
                                .toInstant()));
            }
        } catch (IOException | JetStreamApiException | StreamReader.UnreadableException fault) {
            throw new EngineException("the streams of the cluster cannot be read: " + fault.getMessage(), true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream stream(StreamInfo info) {
        String leader =
                info.getClusterInfo() == null ? null : info.getClusterInfo().getLeader();
        return new Stream(
                info.getConfiguration().getName(),
                leader == null ? "" : leader,
                info.getConfiguration().getReplicas(),
                info.getStreamState().getMsgCount());
    }
}
