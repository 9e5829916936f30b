package io.junctor.router.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketLineTest {
    private static final int BINARY = 0x82;

    @Test
    void messagesTravelInBothDirections() throws Exception {
        try (Edge edge = Edge.with(Switchboard.echo());
                RawClient client = RawClient.open(edge.port(), "wamp.2.msgpack")) {
            client.frame(BINARY, bytes("one"));
            client.frame(BINARY, bytes("two"));
            assertThat(client.read().text()).isEqualTo("one");
            assertThat(client.read().text()).isEqualTo("two");
        }
    }

    @Test
    void theJdksClientIsUnderstood() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                answer.complete(text.toString());
                socket.request(1);
                return null;
            }
        };
        try (Edge edge = Edge.with(Switchboard.echo());
                HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("wamp.2.json")
                    .buildAsync(edge.listening.uri(), listener)
                    .get(10, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("wamp.2.json");
            socket.sendText("[1]", true).get(10, TimeUnit.SECONDS);
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("[1]");
            socket.sendPing(ByteBuffer.wrap(new byte[] {1})).get(10, TimeUnit.SECONDS);
            socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
            assertThat(edge.switchboard.await().ending()).isEqualTo("the client closed with code 1000");
            http.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
