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
 * Routers that meet on NATS servers.
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

    /** A place in the cluster for one router. */
    public static ClusterMember of(ClusterConfig config) {
        return new ClusterMember(config.name(), config.node(), newRouter(), engines(config), config.registryEntries());
    }

    /**
     * Looks at the NATS servers, and at who is there, without coming into the cluster. Makes the streams if they are absent. Blocks: 2
     * s for each server that does not answer.
     *
     * @param now the time, from which ages are told
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
