package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.http.HttpProxySelector;
import io.junctor.client.internal.http.HttpSettings;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.websocket.WebSocketConnector;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loss of a connection is reported at once, without waiting for a ping. */
@Timeout(20)
class LostConnectionTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final int BURST = 1_000;

    private RawServer server;
    private Transport transport;
    private int opcode;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws Exception {
        transport.drop();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void whenItEndsWhileAMessageIsHandled(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        transport.demand();
        server.send(opcode, MESSAGE);
        listener.arrived.take();
        server.close();
        listener.mayGoOn.countDown();
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).contains("ended");
    }

    @ParameterizedTest
    @EnumSource
    void whenItEndsRightBehindAMessageThatIsHandled(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        server.send(opcode, MESSAGE);
        server.close();
        transport.demand();
        listener.arrived.take();
        listener.mayGoOn.countDown();
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).contains("ended");
    }

    @ParameterizedTest
    @EnumSource
    void whenItEndsRightBehindABurst(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        listener.mayGoOn.countDown();
        transport.demand();
        for (int i = 0; i < BURST; i++) {
            server.send(opcode, MESSAGE);
        }
        server.close();
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).contains("ended");
        assertThat(listener.arrived).hasSize(BURST);
    }

    @ParameterizedTest
    @EnumSource
    void whenItIsResetWhileAMessageIsHandled(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        transport.demand();
        server.send(opcode, MESSAGE);
        listener.arrived.take();
        server.reset();
        listener.mayGoOn.countDown();
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }

    // Reading pauses, so that only sending detects the loss.
    @ParameterizedTest
    @EnumSource
    void whenNothingCanBeSent(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        server.reset();
        CompletableFuture<Void> written = new CompletableFuture<>();
        transport.write(List.of(MESSAGE, MESSAGE), () -> written.complete(null));
        written.get(10, TimeUnit.SECONDS);
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whenNoPingCanBeSent(Serializer serializer) throws Exception {
        Listener listener = connect(serializer);
        server.reset();
        transport.ping();
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }

    private Listener connect(Serializer serializer) throws Exception {
        opcode = RawServer.FIN | (serializer.isText() ? RawServer.TEXT : RawServer.BINARY);
        HttpSettings settings = new HttpSettings(
                null,
                Map.of(),
                List.of(serializer),
                HttpProxySelector.NONE,
                Duration.ofSeconds(10),
                1_000,
                false,
                false);
        CompletableFuture<Transport> connecting =
                new WebSocketConnector(RouterAddress.parse(server.uri()), settings).connect();
        server.accept(serializer.subprotocol());
        transport = connecting.get(10, TimeUnit.SECONDS);
        Listener listener = new Listener();
        transport.start(listener);
        return listener;
    }

    /** Demands the next message when the test lets the present one complete. */
    private final class Listener implements TransportListener {
        final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final CompletableFuture<String> closed = new CompletableFuture<>();

        @Override
        public void onMessage(byte[] message) {
            arrived.add(message);
            try {
                mayGoOn.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            transport.demand();
        }

        @Override
        public void onPong() {
            // This test needs none.
        }

        @Override
        public void onFault(String problem) {
            closed.complete("fault: " + problem);
        }

        @Override
        public void onClosed(String cause) {
            closed.complete(cause);
        }
    }
}
