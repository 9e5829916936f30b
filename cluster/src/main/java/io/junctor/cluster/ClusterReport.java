package io.junctor.cluster;

import io.junctor.cluster.membership.Membership;
import io.junctor.cluster.nats.NatsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of an inspection of a cluster, as text for people.
 *
 * @param lines descriptions of the servers, the streams and the routers, in this order
 * @param problems descriptions of the faults; empty if the cluster works
 */
public record ClusterReport(List<String> lines, List<String> problems) {
    /** Copies the lists. */
    public ClusterReport {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    static ClusterReport of(NatsReport nats, Instant now) {
        List<String> lines = new ArrayList<>();
        nats.servers()
                .forEach(server -> lines.add("server " + server.url() + ": nats-server " + server.version() + " with"
                        + " JetStream, named " + server.name()));
        if (!nats.streams().isEmpty()) {
            lines.add("permissions: all that a router needs");
        }
        nats.streams()
                .forEach(stream -> lines.add("stream " + stream.name() + ": replicas " + stream.replicas() + ", leader "
                        + (stream.leader().isEmpty() ? "the only server" : stream.leader()) + ", messages "
                        + stream.messages()));
        nats.routers()
                .forEach(router -> lines.add("router " + router.record().key() + ": "
                        + Membership.describe(router.record().value()) + ", seen " + seconds(router.written(), now)
                        + " s ago"));
        return new ClusterReport(lines, nats.problems());
    }

    /** The seconds from {@code since}, a time of the clock of NATS, to {@code now}; 0 if the clock of NATS is ahead. */
    private static long seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds());
    }
}
