package io.junctor.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An nginx in front of a router that forwards ordinary requests and refuses upgrades with status 403. For one thread. */
final class WebSocketBlockingProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
            daemon off;
            pid DIRECTORY/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path DIRECTORY/body;
                proxy_temp_path DIRECTORY/proxy;
                fastcgi_temp_path DIRECTORY/fastcgi;
                uwsgi_temp_path DIRECTORY/uwsgi;
                scgi_temp_path DIRECTORY/scgi;
                server {
                    listen 127.0.0.1:OWN;
                    if ($http_upgrade) { return 403; }
                    location / {
                        proxy_pass http://127.0.0.1:ROUTER;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                        proxy_buffering off;
                    }
                }
            }
            """;

    private final int port;
    private final Process process;

    private WebSocketBlockingProxy(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return program() != null;
    }

    private static String program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse(null);
    }

    /** Starts it with its files in {@code directory}. */
    static WebSocketBlockingProxy start(Path directory, int routerPort) throws IOException {
        int port = freePort();
        Path file = Files.writeString(
                directory.resolve("nginx.conf"),
                CONFIGURATION
                        .replace("DIRECTORY", directory.toString())
                        .replace("OWN", Integer.toString(port))
                        .replace("ROUTER", Integer.toString(routerPort)));
        Path log = directory.resolve("nginx.log");
        Process process = new ProcessBuilder(List.of(program(), "-e", "stderr", "-c", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        WebSocketBlockingProxy proxy = new WebSocketBlockingProxy(port, process);
        Awaitility.await("nginx accepts connections")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(proxy::accepts);
        return proxy;
    }

    int port() {
        return port;
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
