package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.RecordingAcceptor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {
    private static final ThreadFactory EXHAUSTED = task -> {
        throw new OutOfMemoryError("unable to create native thread");
    };

    @AfterEach
    void threadsAreThereAgain() {
        ThreadStartMonitor.check();
    }

    @Test
    void aRouterWithoutProblemsIsLiveAndReady() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(get(listener, "/health/live").body())
                    .isEqualTo("{\"live\":true,\"ready\":true,\"problems\":[]}\n");
            HttpResponse<String> ready = get(listener, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(ready.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(ready.body()).isEqualTo("{\"live\":true,\"ready\":true,\"problems\":[]}\n");
        }
    }

    @Test
    void aRouterThatServesOnWithAProblemIsReadyAndSaysIt() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            ThreadStartMonitor.check(EXHAUSTED);
            HttpResponse<String> ready = get(listener, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body())
                    .isEqualTo("{\"live\":true,\"ready\":true,\"problems\":[\"no more threads can be started\"]}\n");
        }
    }

    @Test
    void aRouterThatShutsDownIsLiveButNotReady() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                HttpClient client = HttpClient.newHttpClient()) {
            // The connection is open before, as a listener that shuts down accepts no more.
            assertThat(get(client, listener, "/health").statusCode()).isEqualTo(200);
            listener.stopAccepting();
            HttpResponse<String> ready = get(client, listener, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"live\":true,\"ready\":false,\"problems\":[\"shutting down\"]}\n");
            HttpResponse<String> live = get(client, listener, "/health/live");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.body()).isEqualTo(ready.body());
        }
    }

    private static HttpResponse<String> get(TestListener listener, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return get(client, listener, path);
        }
    }

    private static HttpResponse<String> get(HttpClient client, TestListener listener, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + listener.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
    }
}
