package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compression and batched subprotocols of WebSockets. */
@Timeout(60)
class WebSocketExtensionsTest {
    private RouterServer server;
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        server = RouterServer.start(RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).compression(true).build())
                .realm(RealmConfig.open("realm1"))
                .build());
        relay = new Relay(server.listeners().getFirst().port());
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        server.close();
    }

    private Client.Builder client() {
        return Client.builder("ws://127.0.0.1:" + relay.port() + "/ws");
    }

    private static void exchange(Client client) throws Exception {
        try (Session session = client.join()) {
            CompletableFuture<Object> event = new CompletableFuture<>();
            session.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
            session.register("com.example.echo", invocation -> invocation.argument(0, String.class));
            assertThat(session.call("com.example.echo", "x".repeat(500_000)).argument(0, String.class))
                    .hasSize(500_000);
            session.publish("com.example.topic", Args.of("hello"), PublishOptions.DEFAULT.includeMe());
            assertThat(event.get()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreCompressedIfBothSidesWantIt(Serializer serializer) throws Exception {
        exchange(client().serializers(serializer).compression(true).build());
        assertThat(relay.firstResponse()).contains("permessage-deflate");
        assertThat(relay.bytes()).isLessThan(100_000);
    }

    @Test
    void byDefaultNothingIsCompressedOrBatched() throws Exception {
        exchange(client().build());
        assertThat(relay.firstRequest()).doesNotContain("permessage-deflate").doesNotContain("batched");
        assertThat(relay.bytes()).isGreaterThan(1_000_000);
    }

    // TR-BATCH-02, TR-BATCH-03
    @ParameterizedTest
    @EnumSource
    void messagesTravelInBatches(Serializer serializer) throws Exception {
        exchange(client().serializers(serializer).batches(true).build());
        assertThat(relay.firstResponse()).contains(serializer.subprotocol() + ".batched");
        exchange(
                client().serializers(serializer).batches(true).compression(true).build());
    }

    @Test
    void eventsOfABatchArriveInOrderAlsoIfHandlersAreSlow() throws Exception {
        int events = 3_000;
        CountDownLatch free = new CountDownLatch(1);
        List<Integer> received = Collections.synchronizedList(new ArrayList<>());
        try (Session subscriber =
                        client().batches(true).handlerBacklog(10).build().join();
                Session publisher = client().batches(true).build().join()) {
            subscriber.subscribe("com.example.topic", event -> {
                free.await();
                received.add(event.argument(0, Integer.class));
            });
            for (int i = 0; i < events; i++) {
                publisher.publish("com.example.topic", i);
            }
            publisher.publish("com.example.other", Args.of(0), PublishOptions.DEFAULT.acknowledged());
            free.countDown();
            Awaitility.await().until(() -> received.size() == events);
            assertThat(received).isEqualTo(IntStream.range(0, events).boxed().toList());
        }
    }
}
