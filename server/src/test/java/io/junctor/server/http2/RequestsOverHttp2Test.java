package io.junctor.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.TestListener;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The requests of HTTP/1.1 over HTTP/2, sent by the client of the JDK, which chooses it by ALPN. */
@Timeout(120)
class RequestsOverHttp2Test {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestCertificate.trusting(TestCertificate.LOCALHOST))
            .build();

    private static ListenerConfig.Builder config() {
        return ListenerConfig.builder().port(0).tls(TestCertificate.LOCALHOST.config());
    }

    private static URI uri(TestListener listener, String path) {
        return URI.create("https://localhost:" + listener.port() + path);
    }

    private String get(TestListener listener, String path) throws Exception {
        return body(client.send(HttpRequest.newBuilder(uri(listener, path)).build(), BodyHandlers.ofString()));
    }

    private static String body(HttpResponse<String> response) {
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).as("%s", response.body()).isBetween(200, 204);
        return response.body();
    }

    private HttpRequest post(TestListener listener, String path, String body) {
        return HttpRequest.newBuilder(uri(listener, path))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void pagesAndFilesAreServed(@TempDir Path web) throws Exception {
        Files.writeString(web.resolve("page.html"), "<p>a page</p>");
        Files.write(web.resolve("large.bin"), new byte[1 << 20]);
        try (TestListener listener = TestListener.with(
                RecordingAcceptor.echo(), config().files(FilesConfig.of(web)).build())) {
            assertThat(get(listener, "/health")).isEqualTo("ok\n");
            assertThat(get(listener, "/metrics")).contains("test_gauge");
            assertThat(get(listener, "/page.html")).isEqualTo("<p>a page</p>");
            assertThat(get(listener, "/large.bin")).hasSize(1 << 20);
            assertThat(listener.sockets()).isEqualTo(1);
        }
    }

    @Test
    void theStatusPageNamesTheHostOfTheRequest() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo(), config().build())) {
            assertThat(get(listener, "/")).contains("wss://localhost:" + listener.port() + "/ws");
        }
    }

    @Test
    void longPollReceivesWhileItSendsOnOneConnection() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo(), config().build())) {
            String base = open(listener);
            CompletableFuture<HttpResponse<String>> poll =
                    client.sendAsync(post(listener, base + "/receive", ""), BodyHandlers.ofString());
            for (String message : new String[] {"[1]", "[2]"}) {
                body(client.send(post(listener, base + "/send", message), BodyHandlers.ofString()));
                assertThat(body(poll.get(20, TimeUnit.SECONDS))).isEqualTo(message);
                poll = client.sendAsync(post(listener, base + "/receive", ""), BodyHandlers.ofString());
            }
            // The socket is used by the poll that waits.
            listener.timers.advance(Duration.ofSeconds(6));
            body(client.send(post(listener, base + "/send", "[3]"), BodyHandlers.ofString()));
            assertThat(body(poll.get(20, TimeUnit.SECONDS))).isEqualTo("[3]");
            assertThat(listener.sockets()).isEqualTo(1);
        }
    }

    @Test
    void eventsArriveInAStream() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo(), config().build())) {
            String base = open(listener);
            HttpResponse<InputStream> events = client.send(
                    HttpRequest.newBuilder(uri(listener, base + "/events")).build(), BodyHandlers.ofInputStream());
            assertThat(events.version()).isEqualTo(HttpClient.Version.HTTP_2);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                body(client.send(post(listener, base + "/send", "[1]"), BodyHandlers.ofString()));
                String line = lines.readLine();
                while (!line.startsWith("data:")) {
                    line = lines.readLine();
                }
                assertThat(line).isEqualTo("data:[1]");
            }
        }
    }

    private String open(TestListener listener) throws Exception {
        String opened = body(
                client.send(post(listener, "/ws/open", "{\"protocols\":[\"wamp.2.json\"]}"), BodyHandlers.ofString()));
        return "/ws/" + opened.replaceAll(".*\"transport\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void aListenerWithoutHttp2ChoosesHttp1() throws Exception {
        try (TestListener listener = TestListener.with(
                RecordingAcceptor.echo(), config().http2(false).build())) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri(listener, "/health")).build(), BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }
}
