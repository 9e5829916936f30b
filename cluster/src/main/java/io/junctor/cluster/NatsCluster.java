package io.junctor.cluster;

import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.cluster.nats.NatsEngines;
import io.junctor.cluster.nats.NatsSettings;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.cluster.ClusterTls;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Creates the members of clusters whose routers are connected by NATS servers.
 *
 * <pre>{@code
 * ClusterConfig plant = ClusterConfig.builder("plant").server("nats://localhost:4222").build();
 * try (ClusterMember member = NatsCluster.of(plant);
 *         Router router = Router.open(config, member)) {
 *     member.awaitInSync(Duration.ofSeconds(10));
 *     ...
 * }
 * }</pre>
 */
public final class NatsCluster {
    private NatsCluster() {}

    /** Creates the member for one router. */
    public static ClusterMember of(ClusterConfig config) {
        return new ClusterMember(config.name(), config.node(), newRouter(), engines(config), config.registryEntries());
    }

    /**
     * Inspects the NATS servers and lists the routers of the cluster, without joining the cluster. Creates the streams if they are absent.
     * Blocks, for 2 s for each server that does not answer.
     *
     * @param now the current time, from which the ages in the report are computed
     */
    public static ClusterReport inspect(ClusterConfig config, Instant now) {
        return ClusterReport.of(engines(config).report(newRouter()), now);
    }

    private static NatsEngines engines(ClusterConfig config) {
        return new NatsEngines(new NatsSettings(
                config.name(),
                config.servers(),
                config.login(),
                Optional.ofNullable(config.tls()).map(ClusterTls::context),
                config.replicas()));
    }

    private static RouterId newRouter() {
        return new RouterId(new SecureRandom().nextLong());
    }
}
