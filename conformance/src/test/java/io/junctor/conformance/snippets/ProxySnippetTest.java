package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.SslContextBuilder;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.tls.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the proxies with the configurations of docs/proxies.md. Only ports and paths are replaced, and directories are
 * added. A client joins by {@code ticket}, which the router allows only if it knows that the connection is encrypted.
 */
@Tag("interop")
@Timeout(60)
class ProxySnippetTest {
    private static final Page PAGE = new Page("docs/proxies.md");
    private static final String HOST = "wamp.example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private int proxyPort;

    @BeforeEach
    void prepare() throws IOException {
        proxyPort = freePort();
        TestCertificate certificate = TestCertificate.of(HOST);
        String chain = Files.readString(certificate.files().certificate());
        String key = Files.readString(certificate.files().key());
        Files.writeString(directory.resolve("wamp.example.org.pem"), chain);
        Files.writeString(directory.resolve("wamp.example.org.key"), key);
        Files.writeString(directory.resolve("wamp.example.org-with-key.pem"), chain + key);
        Files.writeString(directory.resolve("cert.pem"), chain);
        Files.writeString(directory.resolve("key.pem"), key);
    }

    @Test
    void nginxForwardsAnEncryptedConnection() throws Exception {
        try (RouterServer router = router(0)) {
            joinByNginx(router, block("nginx", 0, router));
        }
    }

    @Test
    void nginxForwardsAnEncryptedConnectionToAUnixSocket() throws Exception {
        try (RouterServer router = router(1)) {
            String upstream = block("nginx", 1, router).replace("/run/junctor/", directory + "/");
            String configuration = block("nginx", 0, router)
                    .replaceFirst("upstream junctor \\{[^}]*}", Matcher.quoteReplacement(upstream));
            // The workers of nginx have a user of their own otherwise, who may not connect in this test.
            joinByNginx(router, "user " + System.getProperty("user.name") + ";\n" + configuration);
        }
    }

    private void joinByNginx(RouterServer router, String http) throws Exception {
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> kind + "_temp_path " + directory.resolve(kind) + ";")
                .reduce("", String::concat);
        String configuration = "daemon off; pid " + directory.resolve("nginx.pid") + "; events {}\n"
                + http.replace("http {", "http { access_log off; " + temporary);
        join(
                List.of("nginx", "-e", "stderr", "-c", write("nginx.conf", configuration)),
                directory.resolve("cert.pem"),
                router);
    }

    @Test
    void haproxyForwardsAnEncryptedConnection() throws Exception {
        try (RouterServer router = router(0)) {
            String file = write("haproxy.cfg", block("haproxy", 0, router));
            join(List.of("haproxy", "-db", "-f", file), directory.resolve("cert.pem"), router);
        }
    }

    @Test
    void haproxyPassesTlsThroughAndTellsTheAddressByTheProxyProtocol() throws Exception {
        try (RouterServer router = router(2)) {
            String file = write("haproxy.cfg", block("haproxy", 1, router));
            join(List.of("haproxy", "-db", "-f", file), directory.resolve("cert.pem"), router);
        }
    }

    @Test
    void caddyForwardsAnEncryptedConnection() throws Exception {
        try (RouterServer router = router(0)) {
            String options = "{\nadmin off\nlocal_certs\nskip_install_trust\ndefault_bind 127.0.0.1\nhttps_port "
                    + proxyPort + "\nhttp_port " + freePort() + "\n}\n";
            String file = write("Caddyfile", options + block("caddy", 0, router));
            join(
                    List.of("caddy", "run", "--adapter", "caddyfile", "--config", file),
                    directory.resolve("caddy/pki/authorities/local/root.crt"),
                    router);
        }
    }

    /** The router with the configuration of this number on the page. */
    private RouterServer router(int number) throws Exception {
        String part = snippet("yaml", number).text().replaceFirst("port: \\d+", "port: 0");
        Path file = Path.of(write("realms.yaml", ConfigurationFragment.complete("the file", part)));
        return RouterServer.start(ConfigFile.read(file, Map.of()).orThrow());
    }

    private String block(String language, int number, RouterServer router) {
        int port = router.listeners().getFirst().port();
        return snippet(language, number)
                .text()
                .replace("listen 443", "listen 127.0.0.1:" + proxyPort)
                .replace("bind :443", "bind 127.0.0.1:" + proxyPort)
                .replace("127.0.0.1:8080", "127.0.0.1:" + port)
                .replace("127.0.0.1:8443", "127.0.0.1:" + port)
                .replace("/etc/ssl/", directory + "/");
    }

    private static Snippet snippet(String language, int number) {
        return PAGE.snippets().stream()
                .filter(snippet -> snippet.language().equals(language))
                .toList()
                .get(number);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void join(List<String> command, Path authority, RouterServer router) throws Exception {
        assumeTrue(isInstalled(command.getFirst()), command.getFirst() + " is not installed");
        Process proxy = start(command);
        try (ConnectTunnel tunnel = ConnectTunnel.to(proxyPort)) {
            Awaitility.await("the proxy serves")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> accepts() && Files.exists(authority));
            try (Session session = Client.builder("wss://" + HOST + "/ws")
                    .proxy("127.0.0.1", tunnel.port())
                    .tls(SslContextBuilder.create().authorities(authority).build())
                    .authentication(Authentication.ticket("a-user", ConfigurationFragment.SECRET))
                    .build()
                    .join()) {
                assertThat(session.isOpen()).isTrue();
                assertThat(router.router().counters().value(TransportCounter.SESSIONS_JOINED))
                        .isOne();
            }
            openLongPoll(tunnel, authority);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(Files.readString(log().toPath()), e);
        } finally {
            proxy.descendants().forEach(ProcessHandle::destroy);
            proxy.destroy();
            proxy.waitFor();
        }
    }

    private static void openLongPoll(ConnectTunnel tunnel, Path authority) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.port())))
                .sslContext(SslContextBuilder.create().authorities(authority).build())
                .build();
        HttpRequest open = HttpRequest.newBuilder(URI.create("https://" + HOST + "/ws/open"))
                .POST(BodyPublishers.ofString("{\"protocols\":[\"wamp.2.json\"]}"))
                .build();
        HttpResponse<String> opened = client.send(open, BodyHandlers.ofString());
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxyPort)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin")
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private File log() {
        return directory.resolve("proxy.log").toFile();
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log());
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin:/bin");
        builder.environment().put("XDG_DATA_HOME", directory.toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        return builder.start();
    }
}
