package io.junctor.cluster.nats;

import io.junctor.router.config.cluster.NatsLogin;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The URLs of the NATS servers of a cluster, and the settings with which a router connects to the servers.
 *
 * @param cluster the name of the cluster, of 1 to 32 characters {@code a-z 0-9 - _}; routers with the same name form one cluster
 * @param servers URLs such as {@code nats://host:4222} or {@code tls://host:4222}, at least one
 * @param login the method and the secrets with which a router logs in
 * @param tls the TLS context for URLs that begin with {@code tls}; if it is empty, the default TLS context of the JVM applies
 * @param replicas the number of copies of each record, 1 to 5; 0 means 3 if the NATS servers allow it, else 1
 */
public record NatsSettings(
        String cluster, List<String> servers, NatsLogin login, Optional<SSLContext> tls, int replicas) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public NatsSettings {
        servers = List.copyOf(servers);
        if (!cluster.matches("[a-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException(
                    "the name of a cluster has 1 to 32 characters a-z 0-9 - _, not: " + cluster);
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("the cluster " + cluster + " needs the URL of a NATS server");
        }
        if (servers.stream().map(url -> url.startsWith("tls:")).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the servers of the cluster " + cluster + " must all begin with tls://, or none of them");
        }
        if (replicas < 0 || replicas > 5) {
            throw new IllegalArgumentException("1 to 5 replicas are possible, not " + replicas);
        }
    }

    /** Whether connections use TLS. The first URL decides, because either all URLs use TLS or none does. */
    boolean isEncrypted() {
        return servers.getFirst().startsWith("tls:");
    }

    /** Settings for the server {@code url} without login, with 3 replicas if the server allows it, else 1. */
    public static NatsSettings of(String cluster, String url) {
        return new NatsSettings(cluster, List.of(url), new NatsLogin.None(), Optional.empty(), 0);
    }
}
