package io.junctor.router.config.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a router becomes one of several that act as one, as the section {@code cluster} of {@code realms.yaml} says. Immutable.
 *
 * @param name the name of the cluster, 1 to 32 characters {@code a-z 0-9 - _}; routers with the same name on the same NATS are one
 * @param node how logs of the others call this router; empty for a name that it makes up
 * @param isRequired whether {@code bin/junctor} ends if the router does not come into the cluster within 30 seconds
 * @param servers the NATS servers, at least one, such as {@code nats://host:4222} or {@code tls://host:4222}
 * @param login how to log in
 * @param tls for servers that begin with {@code tls}; null for the JVM's own trust
 * @param replicas copies of what is stored, 1 to 5; 0 for 3 where the servers allow that, else 1
 * @param registryEntries with how many callees on all routers this one takes no more, at least 1
 */
public record ClusterConfig(
        String name,
        String node,
        boolean isRequired,
        List<String> servers,
        NatsLogin login,
        @Nullable ClusterTls tls,
        int replicas,
        int registryEntries) {
    /** What a name of a cluster must match. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

    /** What the URL of a server must match: a login in it would come into logs. */
    public static final Pattern SERVER =
            Pattern.compile("(nats|tls)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /** The most copies of what is stored. */
    public static final int MOST_REPLICAS = 5;

    /** How many callees all routers may have by default. */
    public static final int REGISTRY_ENTRIES = 100_000;

    /** Copies the list. */
    public ClusterConfig {
        servers = List.copyOf(servers);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a cluster has 1 to 32 characters a-z 0-9 - _, not: " + name);
        }
        if (node.lines().count() > 1) {
            throw new IllegalArgumentException("the name of a router in the cluster has one line");
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("the cluster " + name + " needs the URL of a NATS server");
        }
        if (!servers.stream().allMatch(server -> SERVER.matcher(server).matches())) {
            throw new IllegalArgumentException(
                    "the servers of the cluster " + name + " must be URLs such as nats://host:4222, without a login");
        }
        if (servers.stream().map(server -> server.startsWith("tls:")).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the servers of the cluster " + name + " must all begin with tls://, or none of them");
        }
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("1 to " + MOST_REPLICAS + " replicas are possible, not " + replicas);
        }
        if (registryEntries < 1) {
            throw new IllegalArgumentException("at least 1 callee is possible, not " + registryEntries);
        }
    }

    /** Starts a configuration without servers. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builds a {@link ClusterConfig}. For one thread. */
    public static final class Builder {
        private String name;
        private final List<String> servers = new ArrayList<>();
        private String node = "";
        private boolean isRequired;
        private NatsLogin login = new NatsLogin.None();
        private @Nullable ClusterTls tls;
        private int replicas;
        private int registryEntries = REGISTRY_ENTRIES;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the name of the cluster. */
        public Builder name(String text) {
            name = text;
            return this;
        }

        /** Sets how the others call this router; a name is made up by default. */
        public Builder node(String text) {
            node = text;
            return this;
        }

        /** Sets whether {@code bin/junctor} ends without a cluster; not by default. */
        public Builder required(boolean required) {
            isRequired = required;
            return this;
        }

        /** Adds a NATS server. */
        public Builder server(String url) {
            servers.add(url);
            return this;
        }

        /** Sets the login; none by default. */
        public Builder login(NatsLogin how) {
            login = how;
            return this;
        }

        /** Sets the TLS; the JVM's own trust by default. */
        public Builder tls(@Nullable ClusterTls settings) {
            tls = settings;
            return this;
        }

        /** Sets the copies of what is stored; as many as the servers allow by default. */
        public Builder replicas(int copies) {
            replicas = copies;
            return this;
        }

        /** Sets with how many callees on all routers this one takes no more; 100,000 by default. */
        public Builder registryEntries(int most) {
            registryEntries = most;
            return this;
        }

        /** Builds the configuration. */
        public ClusterConfig build() {
            return new ClusterConfig(name, node, isRequired, servers, login, tls, replicas, registryEntries);
        }
    }
}
