package io.junctor.server.services;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends requests to services. It follows no redirect, which could lead to another machine. Thread-safe. */
final class HttpSender implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Executor threads;

    /** It has a thread of its own, so a router without services has none. */
    @GuardedBy("this")
    private @Nullable HttpClient client;

    /** Callbacks run on {@code threads}. */
    HttpSender(Executor threads) {
        this.threads = threads;
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .executor(threads)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            client = known;
        }
        return known;
    }

    /**
     * Sends a request. Canceling what is returned closes the request.
     *
     * @param mostBytes the largest body of the response
     */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, int mostBytes) {
        return client().sendAsync(request, head -> new LimitedBody(mostBytes));
    }

    /** A request in the version of HTTP that fits the URL: without TLS, servers may not know HTTP/2. */
    static HttpClient.Version version(String scheme) {
        return "https".equalsIgnoreCase(scheme) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
