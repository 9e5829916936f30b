package io.junctor.conformance;

import io.junctor.router.config.RouterConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A router on a free port, and an HTTP client. For one thread. */
public class HttpTestRouter implements AutoCloseable {
    public final TestRouter router;
    private HttpClient http = newClient();

    protected HttpTestRouter(RouterConfig config) {
        this.router = TestRouter.open(config);
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** The client; another one after {@link #advance}. */
    public HttpClient http() {
        return http;
    }

    /**
     * Advances the clock of the router, which closes sockets without requests. A client might send its next request on one before it
     * notices, so this one is replaced.
     */
    public void advance(Duration time) {
        http.shutdownNow();
        http = newClient();
        router.clock().advance(time);
    }

    /** The URL of the router without a path. */
    public String base() {
        return "http://" + router.uri().getAuthority();
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
        router.close();
    }
}
