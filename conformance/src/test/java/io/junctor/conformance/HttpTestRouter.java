package io.junctor.conformance;

import io.junctor.router.config.RouterConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A router on a free port, and an HTTP client. For one thread. */
public class HttpTestRouter implements AutoCloseable {
    public final TestRouter router;
    public final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    protected HttpTestRouter(RouterConfig config) {
        this.router = TestRouter.open(config);
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
