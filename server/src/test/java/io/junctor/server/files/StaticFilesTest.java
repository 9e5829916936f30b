package io.junctor.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.StatusPageContent;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StaticFilesTest {
    private static final String SECRET = "the secret outside";
    private static final int LARGE_BYTES = 8 << 20;
    private static final List<String> UNSERVED = List.of(
            "/../secret.txt",
            "/sub/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2E%2E%2Fsecret.txt",
            "/..%2fsecret.txt",
            "/%252e%252e/secret.txt",
            "/..;/secret.txt",
            "/..;x=y/secret.txt",
            "/\\..\\secret.txt",
            "/%5c..%5csecret.txt",
            "//secret.txt",
            "/sub//../..//secret.txt",
            "/link.txt",
            "/parent/secret.txt",
            "/shown.txt",
            "/.hidden",
            "/%2ehidden",
            "/sub/.hidden",
            "/.git/config",
            "/sub/./.hidden",
            "/index.html%00.txt",
            "/empty/",
            "/empty",
            "/absent");

    @TempDir
    Path home;

    private Path web;

    @BeforeEach
    void files() throws IOException {
        web = Files.createDirectories(home.resolve("web"));
        Files.writeString(home.resolve("secret.txt"), SECRET);
        Files.writeString(web.resolve("index.html"), "<p>Welcome</p>");
        Files.writeString(web.resolve("app.js"), "0123456789");
        Files.writeString(web.resolve("app.js.gz"), "compressed");
        Files.writeString(web.resolve("a b.txt"), "with a space");
        Files.writeString(web.resolve(".hidden"), SECRET);
        Files.createDirectories(web.resolve(".git"));
        Files.writeString(web.resolve(".git/config"), SECRET);
        Files.createDirectories(web.resolve("sub"));
        Files.writeString(web.resolve("sub/index.html"), "<p>Below</p>");
        Files.writeString(web.resolve("sub/.hidden"), SECRET);
        Files.createDirectories(web.resolve("empty"));
        Files.createSymbolicLink(web.resolve("link.txt"), home.resolve("secret.txt"));
        Files.createSymbolicLink(web.resolve("parent"), home);
        Files.createSymbolicLink(web.resolve("shown.txt"), web.resolve(".hidden"));
        Files.createSymbolicLink(web.resolve("inside.js"), web.resolve("app.js"));
    }

    @Test
    void aFileComesWithTypeETagAndCachingHeaders() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            String page = get(listener, "/");
            assertThat(page)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/html")
                    .contains("Cache-Control: no-cache")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Last-Modified: ")
                    .endsWith("<p>Welcome</p>");
            String tag = page.lines()
                    .filter(line -> line.startsWith("ETag: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("ETag: ".length());
            assertThat(get(listener, "/", "If-None-Match: " + tag, "Connection: close"))
                    .startsWith("HTTP/1.1 304 ");
            Files.writeString(web.resolve("index.html"), "<p>Welcome back</p>");
            assertThat(get(listener, "/", "If-None-Match: " + tag))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("<p>Welcome back</p>");
            assertThat(get(listener, "/app.js")).contains("Content-Type: text/javascript");
            assertThat(get(listener, "/a%20b.txt")).endsWith("with a space");
            assertThat(get(listener, "/inside.js")).endsWith("0123456789");
        }
    }

    @Test
    void aPartOfAFileCanBeAskedFor() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/app.js", "Range: bytes=2-4"))
                    .startsWith("HTTP/1.1 206 ")
                    .contains("Content-Range: bytes 2-4/10")
                    .endsWith("\r\n\r\n234");
            assertThat(get(listener, "/app.js", "Range: bytes=90-")).startsWith("HTTP/1.1 416 ");
        }
    }

    @Test
    void aFileThatWasCompressedBeforeIsSentToClientsThatTakeIt() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/app.js", "Accept-Encoding: br, gzip"))
                    .contains("Content-Encoding: gzip")
                    .contains("Content-Type: text/javascript")
                    .contains("Vary: Accept-Encoding")
                    .endsWith("\r\n\r\ncompressed");
            assertThat(get(listener, "/app.js"))
                    .contains("Vary: Accept-Encoding")
                    .doesNotContain("Content-Encoding")
                    .endsWith("0123456789");
        }
    }

    @Test
    void aCompressedFileThatIsALinkToElsewhereIsNotSent() throws Exception {
        Files.delete(web.resolve("app.js.gz"));
        Files.createSymbolicLink(web.resolve("app.js.gz"), home.resolve("secret.txt"));
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/app.js", "Accept-Encoding: gzip"))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain(SECRET)
                    .endsWith("0123456789");
        }
    }

    @Test
    void thePageForMissingFilesIsReadAgainWhenItWasChanged() throws Exception {
        Path page = web.resolve("404.html");
        Files.writeString(page, "<p>Lost</p>");
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/missing")).startsWith("HTTP/1.1 404 ").endsWith("<p>Lost</p>");
            Files.writeString(page, "<p>Still lost</p>");
            Files.setLastModifiedTime(page, FileTime.fromMillis(0));
            assertThat(get(listener, "/missing")).endsWith("<p>Still lost</p>");
            Files.writeString(page, "x".repeat((1 << 16) + 1));
            assertThat(get(listener, "/missing")).startsWith("HTTP/1.1 404 ").doesNotContain("xxx");
        }
    }

    @Test
    void nothingOutsideTheDirectoryOrHiddenIsServed() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            for (String path : UNSERVED) {
                assertThat(get(listener, path))
                        .as(path)
                        .startsWith("HTTP/1.1 40")
                        .doesNotContain(SECRET, "Welcome");
            }
        }
    }

    @Test
    void aDirectoryIsRedirectedToItsIndexPage() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/sub")).startsWith("HTTP/1.1 301 ").contains("Location: sub/");
            assertThat(get(listener, "/sub/")).endsWith("<p>Below</p>");
        }
        try (TestListener listener = serving(new FilesConfig("/app", web, Duration.ofHours(1)))) {
            assertThat(get(listener, "/app")).startsWith("HTTP/1.1 301 ").contains("Location: app/");
            assertThat(get(listener, "/app/"))
                    .contains("Cache-Control: max-age=3600")
                    .endsWith("<p>Welcome</p>");
            assertThat(get(listener, "/app/sub")).contains("Location: sub/");
            assertThat(get(listener, "/apple")).startsWith("HTTP/1.1 404 ");
            assertThat(get(listener, "/")).as("the status page").contains("WAMP router");
        }
    }

    @Test
    void otherPathsOfTheListenerStay() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/health")).endsWith("ok\n");
            assertThat(ask(listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json")))
                    .startsWith("HTTP/1.1 101 ");
            assertThat(ask(listener, "POST /app.js HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void aWebSocketPathThatIsTheRootLeavesOtherPathsToOthers() throws Exception {
        ListenerConfig atRoot = ListenerConfig.builder()
                .port(0)
                .websocketPath("/")
                .files(FilesConfig.of(web))
                .build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), atRoot)) {
            assertThat(get(listener, "/health")).endsWith("ok\n");
            assertThat(get(listener, "/metrics")).startsWith("HTTP/1.1 200 ");
            assertThat(get(listener, "/app.js")).endsWith("0123456789");
            assertThat(ask(listener, "POST /open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
                    .as("the long-poll transport")
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aMissingFileIsAnsweredByThePageOfTheDirectory() throws Exception {
        try (TestListener listener = serving(FilesConfig.of(web))) {
            assertThat(get(listener, "/absent"))
                    .contains("Content-Type: text/plain")
                    .contains("/ws");
            Files.writeString(web.resolve("404.html"), "<p>Not here</p>");
            assertThat(get(listener, "/absent"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("Content-Type: text/html")
                    .endsWith("<p>Not here</p>");
        }
    }

    @Test
    void aSlowClientHasTimeForALargeFileButNotForEver() throws Exception {
        Files.write(web.resolve("large.bin"), new byte[LARGE_BYTES]);
        try (TestListener listener = serving(FilesConfig.of(web));
                RawWebSocketClient slow = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient stuck = RawWebSocketClient.connect(listener.port())) {
            for (RawWebSocketClient client : List.of(slow, stuck)) {
                client.send(request("/large.bin").getBytes(StandardCharsets.US_ASCII));
                assertThat(client.firstByte()).isEqualTo('H');
            }
            listener.timers.advance(Duration.ofMinutes(5));
            assertThat(slow.bytes(LARGE_BYTES)).hasSize(LARGE_BYTES);
            assertThat(listener.sockets()).isEqualTo(2);
            listener.timers.advance(Duration.ofMinutes(15));
            await().until(() -> listener.sockets() == 0);
        }
    }

    @Test
    void theStatusPageTellsHowToConnect() throws Exception {
        ListenerConfig plain = ListenerConfig.builder().port(0).build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), plain)) {
            assertThat(ask(listener, "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/html")
                    .contains("<code>ws://localhost:8080/ws</code></li>")
                    .contains("<code>wamp.2.json</code>")
                    .contains("HTTP long-poll")
                    .contains("RawSocket");
        }
        ListenerConfig webSocketOnly = plain.toBuilder()
                .longPoll(false)
                .protocols(Set.of(ListenerProtocol.HTTP))
                .build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), webSocketOnly)) {
            assertThat(get(listener, "/")).contains("WAMP router").doesNotContain("long-poll", "RawSocket");
        }
        ListenerConfig none =
                plain.toBuilder().statusPage(StatusPageContent.NONE).build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), none)) {
            assertThat(get(listener, "/")).startsWith("HTTP/1.1 404 ");
        }
    }

    private TestListener serving(FilesConfig files) throws ListenException {
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder().port(0).files(files).build());
    }

    private static String request(String path, String... headers) {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private static String get(TestListener listener, String path, String... headers) throws IOException {
        return ask(listener, request(path, headers));
    }

    private static String ask(TestListener listener, String request) throws IOException {
        try (RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            return client.request(request);
        }
    }
}
