package io.junctor.server.services;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends requests to services. Follows no redirect, which could lead to another machine. Thread-safe. */
final class HttpSender implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Executor threads;

    /** The client; created on first use, because it has its own thread, which a router without services does not need. */
    @GuardedBy("this")
    private @Nullable HttpClient client;

    /** Creates a sender whose callbacks run on {@code threads}. */
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
     * Sends a request. Canceling the returned future closes the request.
     *
     * @param mostBytes the largest body of the response
     */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, int mostBytes) {
        return client().sendAsync(request, head -> new LimitedBodySubscriber(mostBytes));
    }

    /** Returns the version of HTTP for a URL: servers without TLS may not support HTTP/2. */
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
