package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that sends and receives text. For one thread. */
final class WireClient implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    /** Connects to the address that a started router prints. */
    static WireClient connect(JunctorProcess junctor) throws IOException {
        Matcher ready = JunctorProcess.READY.matcher(junctor.line());
        assertThat(ready.matches()).isTrue();
        return connect(URI.create(ready.group(1)));
    }

    static WireClient connect(URI uri) {
        WireClient client = new WireClient();
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(uri, client)
                .join();
        return client;
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** Ends the connection without a close frame. */
    void abort() {
        socket.abort();
    }

    String take() throws InterruptedException {
        return received.take();
    }

    /** Returns the close code that the router sent. */
    int closeCode() {
        return closed.join();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            received.add(part.toString());
            part.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }
}
