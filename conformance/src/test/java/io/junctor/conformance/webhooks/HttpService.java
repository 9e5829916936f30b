package io.junctor.conformance.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server on a free port that keeps its requests. Thread-safe. */
final class HttpService implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile Answering answering;

    /** A request. */
    record Received(String method, URI uri, Headers headers, String body) {}

    /** A response; each character of its body is one byte, unless it is a text. */
    record Response(int status, String type, String body, Map<String, String> headers) {
        static Response of(int status) {
            return new Response(status, "", "", Map.of());
        }

        static Response of(int status, String type, String body) {
            return new Response(status, type, body, Map.of());
        }

        static Response json(String body) {
            return of(200, "application/json", body);
        }
    }

    /** Answers a request; may wait. */
    @FunctionalInterface
    interface Answering {
        Response answer(Received request) throws InterruptedException;
    }

    private HttpService(Answering answering) {
        this.answering = answering;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static HttpService answering(Answering answering) {
        return new HttpService(answering);
    }

    void answer(Answering other) {
        answering = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Received received =
                new Received(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
        requests.add(received);
        try (exchange) {
            Response response = answering.answer(received);
            if (!response.type().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", response.type());
            }
            response.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = response.body()
                    .getBytes(
                            response.type().startsWith("image/")
                                    ? StandardCharsets.ISO_8859_1
                                    : StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next request. */
    Received next() throws InterruptedException {
        Received received = requests.poll(60, TimeUnit.SECONDS);
        assertThat(received).isNotNull();
        return received;
    }

    /** The requests that are not taken. */
    List<Received> others() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
