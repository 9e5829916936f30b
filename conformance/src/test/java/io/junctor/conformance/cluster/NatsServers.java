package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.testkit.process.NatsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three NATS servers that are one, with JetStream. For one thread. */
final class NatsServers implements AutoCloseable {
    static final int SERVERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
    /** The address that servers advertise to each other. No server listens there, so they use only the routes of their configuration. */
    private static final String NOWHERE = "127.0.0.1:1";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    private final List<NatsServer> servers = new ArrayList<>();
    private final List<Integer> monitors = freePorts();

    private NatsServers() {}

    /** Starts the servers; their files go into {@code directory}. */
    static NatsServers start(Path directory) {
        List<Integer> ports = freePorts();
        return start(directory, ports, (from, to) -> ports.get(to));
    }

    /**
     * Starts the servers.
     *
     * @param ports where each listens for the others
     * @param routes the port to which the server of the first number connects for the server of the second number
     */
    static NatsServers start(Path directory, List<Integer> ports, IntBinaryOperator routes) {
        NatsServers all = new NatsServers();
        // Each needs another one before it is ready, but not to say that it is.
        for (int i = 0; i < SERVERS; i++) {
            int from = i;
            String others = IntStream.range(0, SERVERS)
                    .filter(to -> to != from)
                    .mapToObj(to -> "nats://127.0.0.1:" + routes.applyAsInt(from, to))
                    .collect(Collectors.joining(", "));
            Path own = directory.resolve("nats" + i);
            all.servers.add(NatsServer.start(
                    own, """
                    server_name: n%d
                    http: 127.0.0.1:%d
                    jetstream { store_dir: "%s", max_memory_store: 64MB, max_file_store: 1GB }
                    cluster { name: experiments, listen: 127.0.0.1:%d, advertise: "%s", routes: [%s], no_advertise: true }
                    """.formatted(i, all.monitors.get(i), own.resolve("store"), ports.get(i), NOWHERE, others)));
        }
        all.awaitHealthy();
        return all;
    }

    static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SERVERS; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new AssertionError("no free ports", e);
        }
    }

    NatsServer get(int number) {
        return servers.get(number);
    }

    List<NatsServer> all() {
        return servers;
    }

    List<String> urls() {
        return servers.stream().map(NatsServer::url).toList();
    }

    /** Waits until all servers are one and store what they are told. */
    void awaitHealthy() {
        for (int i = 0; i < SERVERS; i++) {
            int number = i;
            await("NATS server " + number + " is healthy")
                    .atMost(PATIENCE)
                    .until(() -> page(number, "/healthz").contains("\"ok\""));
        }
    }

    /** The number of the server to which a connection leads, by a part of its name. */
    int serverOf(String connection) {
        List<Integer> found = new ArrayList<>();
        await("the server of " + connection).atMost(PATIENCE).until(() -> {
            found.clear();
            IntStream.range(0, SERVERS)
                    .filter(number -> page(number, "/connz").contains("\"name\": \"" + connection))
                    .forEach(found::add);
            return found.size() == 1;
        });
        return found.getFirst();
    }

    /** The number of the server that decides about a stream. */
    int leaderOf(String stream) {
        Pattern leader =
                Pattern.compile("\"name\": \"" + stream + "\"[^{]*\"cluster\": \\{[^}]*\"leader\": \"n(\\d)\"");
        List<Integer> found = new ArrayList<>();
        await("the leader of " + stream).atMost(PATIENCE).until(() -> {
            found.clear();
            for (int number = 0; number < SERVERS; number++) {
                Matcher matcher = leader.matcher(page(number, "/jsz?streams=true"));
                if (matcher.find()) {
                    found.add(Integer.parseInt(matcher.group(1)));
                }
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /** The subjects of messages between routers that contain a text and that connections of a server hear, without patterns. */
    List<String> subjects(int number, String part) {
        Pattern subject = Pattern.compile("\"(junctor\\.experiments\\.[^\"*>]+)\"");
        return subject.matcher(page(number, "/connz?subs=true"))
                .results()
                .map(found -> found.group(1))
                .filter(each -> each.contains(part))
                .distinct()
                .toList();
    }

    private String page(int number, String path) {
        URI page = URI.create("http://127.0.0.1:" + monitors.get(number) + path);
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(page).timeout(REQUEST_LIMIT).build(), BodyHandlers.ofString());
            return response.body();
        } catch (IOException unreachable) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        servers.forEach(NatsServer::close);
        http.close();
    }
}
