package io.junctor.cluster;

import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.cluster.nats.NatsEngines;
import io.junctor.cluster.nats.NatsSettings;
import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.ClusterTls;
import java.security.SecureRandom;
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
        NatsSettings settings = new NatsSettings(
                config.name(),
                config.servers(),
                config.login(),
                Optional.ofNullable(config.tls()).map(ClusterTls::context),
                config.replicas());
        RouterId router = new RouterId(new SecureRandom().nextLong());
        return new ClusterMember(config.name(), config.node(), router, new NatsEngines(settings));
    }
}
