package io.junctor.conformance.cluster;

import io.junctor.client.Client;
import io.junctor.client.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** The routers {@code a}, {@code b} and {@code c} on three NATS servers. For one thread. */
final class ThreeRouters implements AutoCloseable {
    private final NatsServers servers;
    private final List<ClusterRouter> routers = new ArrayList<>();
    private final Random random;

    private ThreeRouters(NatsServers servers, Random random) {
        this.servers = servers;
        this.random = random;
    }

    /** Starts all processes; their files go into {@code directory}. Waits until the routers are in sync. */
    static ThreeRouters start(Path directory, Random random) throws IOException {
        NatsServers servers = NatsServers.start(directory);
        return start(servers, directory, random, router -> servers.urls());
    }

    /** The same with servers that run; {@code addresses} are those that the router of a number is told. */
    static ThreeRouters start(NatsServers servers, Path directory, Random random, IntFunction<List<String>> addresses)
            throws IOException {
        ThreeRouters all = new ThreeRouters(servers, random);
        List<Integer> ports = NatsServers.freePorts();
        try {
            for (int i = 0; i < ports.size(); i++) {
                ClusterRouter router = new ClusterRouter(
                        String.valueOf((char) ('a' + i)), directory, ports.get(i), addresses.apply(i));
                all.routers.add(router);
                router.start();
            }
            all.awaitReady();
            return all;
        } catch (IOException | RuntimeException | Error failure) {
            all.close();
            throw failure;
        }
    }

    NatsServers servers() {
        return servers;
    }

    ClusterRouter a() {
        return routers.get(0);
    }

    ClusterRouter b() {
        return routers.get(1);
    }

    ClusterRouter c() {
        return routers.get(2);
    }

    List<ClusterRouter> all() {
        return routers;
    }

    Random random() {
        return random;
    }

    /** The number of the NATS server over which a router sends and receives events or calls. */
    int serverOf(ClusterRouter router, String traffic) throws IOException {
        return servers.serverOf("junctor-" + router.id() + "-" + traffic);
    }

    /** Starts what does not run, and waits until all are in sync. */
    void heal() {
        routers.stream().filter(router -> !router.isAlive()).forEach(ClusterRouter::start);
        awaitReady();
    }

    void awaitReady() {
        servers.awaitHealthy();
        routers.forEach(ClusterRouter::awaitReady);
    }

    static Session join(ClusterRouter router) {
        return join(router, ClusterRouter.REALM);
    }

    static Session join(ClusterRouter router, String realm) {
        return Client.builder(router.url())
                .realm(realm)
                .requestTimeout(Duration.ofMinutes(1))
                .pingInterval(Duration.ofMinutes(2))
                .maxMessageBytes(8 << 20)
                .build()
                .join();
    }

    @Override
    public void close() {
        routers.forEach(ClusterRouter::close);
        servers.close();
    }
}
