package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.RecordingAcceptor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadStartMonitorTest {
    private static final ThreadFactory EXHAUSTED = task -> {
        throw new OutOfMemoryError("unable to create native thread");
    };

    @AfterEach
    void threadsAreThereAgain() {
        ThreadStartMonitor.check();
    }

    @Test
    void healthSaysThatNoMoreThreadsCanBeStarted() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(health(listener)).isEqualTo("200 ok");
            ThreadStartMonitor.check(EXHAUSTED);
            assertThat(health(listener)).isEqualTo("200 no more threads can be started");
            listener.timers.advance(ThreadStartMonitor.PERIOD);
            assertThat(health(listener)).isEqualTo("200 ok");
        }
    }

    private static String health(TestListener listener) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + listener.port() + "/health");
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        }
    }
}
