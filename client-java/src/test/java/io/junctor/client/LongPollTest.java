package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client over HTTP long-poll, with a real router. */
@Timeout(60)
class LongPollTest {
    private static RouterServer start(ListenerConfig listener) throws Exception {
        return RouterServer.start(RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .shutdown(ShutdownNotice.GOODBYE)
                .build());
    }

    private static RouterServer start() throws Exception {
        return start(ListenerConfig.builder().port(0).build());
    }

    private static int port(RouterServer server) {
        return server.listeners().getFirst().port();
    }

    private static String uri(int port) {
        return "http://127.0.0.1:" + port + "/ws";
    }

    private static void exchange(Client client) throws Exception {
        try (Session session = client.join();
                Session other = client.join()) {
            CompletableFuture<Object> event = new CompletableFuture<>();
            session.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
            session.register("com.example.echo", invocation -> invocation.argument(0, String.class));
            assertThat(other.call("com.example.echo", "x".repeat(200_000)).argument(0, String.class))
                    .hasSize(200_000);
            other.publish("com.example.topic", "hello");
            assertThat(event.get()).isEqualTo("hello");
        }
    }

    // TR-LP-01, TR-LP-02, TR-LP-03
    @Test
    void callsAndEventsTravelWithEachSerializer() throws Exception {
        try (RouterServer server = start()) {
            for (Serializer serializer : Serializer.values()) {
                exchange(Client.builder(uri(port(server)))
                        .serializers(serializer)
                        .build());
            }
            exchange(Client.builder(uri(port(server)) + "/?a=b").build());
            await().until(() -> server.router().connections() == 0);
        }
    }

    // TR-LP-01
    @Test
    void callsAndEventsTravelOverTls() throws Exception {
        try (RouterServer server = start(ListenerConfig.builder()
                .port(0)
                .tls(TestCertificate.LOCALHOST.config())
                .build())) {
            String uri = "https://localhost:" + port(server) + "/ws";
            exchange(Client.builder(uri)
                    .tls(TestCertificate.trusting(TestCertificate.LOCALHOST))
                    .build());
            assertThatThrownBy(() -> Client.builder(uri).build().join())
                    .hasMessageContaining("cannot connect to " + uri);
        }
    }

    // TR-LP-02
    @Test
    void aPollWhoseResponseIsLostIsRepeatedAndNothingIsMissing() throws Exception {
        int events = 30;
        try (RouterServer server = start();
                Relay relay = new Relay(port(server));
                Session subscriber = Client.builder(uri(relay.port())).build().join();
                Session publisher = Session.join(server.router(), "realm1")) {
            List<Integer> received = Collections.synchronizedList(new ArrayList<>());
            subscriber.subscribe("com.example.topic", event -> received.add(event.argument(0, Integer.class)));
            relay.lose(5);
            // One at a time, as one response may carry several events.
            for (int i = 0; i < events; i++) {
                publisher.publish("com.example.topic", i);
                int expected = i + 1;
                await().atMost(Duration.ofSeconds(50)).until(() -> received.size() >= expected);
            }
            relay.lose(0);
            assertThat(received).isEqualTo(IntStream.range(0, events).boxed().toList());
            assertThat(relay.lost()).isPositive();
            assertThat(subscriber.isOpen()).isTrue();
        }
    }

    @Test
    void aSlowHandlerKeepsMessagesAtTheRouter() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<Integer> received = Collections.synchronizedList(new ArrayList<>());
        try (RouterServer server = start();
                Session subscriber = Client.builder(uri(port(server)))
                        .handlerBacklog(10)
                        .build()
                        .join();
                Session publisher = Session.join(server.router(), "realm1")) {
            subscriber.subscribe("com.example.topic", event -> {
                free.await();
                received.add(event.argument(0, Integer.class));
            });
            String text = "x".repeat(1000);
            for (int i = 0; i < 200; i++) {
                publisher.publish("com.example.topic", i, text);
            }
            publisher.publish("com.example.other", Args.of(0), PublishOptions.DEFAULT.acknowledged());
            assertThat(server.router().outboxBytes()).isPositive();
            free.countDown();
            await().until(() -> received.size() == 200);
            assertThat(received).isEqualTo(IntStream.range(0, 200).boxed().toList());
        }
    }

    // TR-LP-02
    @Test
    void anIdleSessionPollsAgainAtEachPing() throws Exception {
        try (RouterServer server = start();
                Relay relay = new Relay(port(server));
                Session session = Client.builder(uri(relay.port()))
                        .pingInterval(Duration.ofSeconds(2))
                        .build()
                        .join()) {
            CompletableFuture<Object> event = new CompletableFuture<>();
            session.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
            int polls = relay.polls();
            await().atMost(Duration.ofSeconds(30)).until(() -> relay.polls() > polls + 1);
            assertThat(session.isOpen()).isTrue();
            session.publish("com.example.topic", Args.of("hello"), PublishOptions.DEFAULT.includeMe());
            assertThat(event.get()).isEqualTo("hello");
        }
    }

    @Test
    void theEndOfTheRouterIsReported() throws Exception {
        CompletableFuture<CloseReason> announced = new CompletableFuture<>();
        try (RouterServer server = start();
                Session session = Session.join(uri(port(server)), "realm1")) {
            session.onLeave(announced::complete);
            server.close();
            assertThat(announced.get().reason()).isEqualTo("wamp.close.system_shutdown");
        }
        CompletableFuture<CloseReason> lost = new CompletableFuture<>();
        try (RouterServer server = start();
                Session session = Session.join(uri(port(server)), "realm1")) {
            session.onLeave(lost::complete);
            server.router().close();
            server.close();
            assertThat(lost.get().reason()).isIn("wamp.close.system_shutdown", "wamp.close.transport_lost");
        }
    }

    // TR-LP-03
    @Test
    void aMessageThatIsTooLargeForTheRouterEndsTheSessionWithTheReason() throws Exception {
        try (RouterServer server = start();
                Session session = Client.builder(uri(port(server)))
                        .maxMessageBytes(1 << 24)
                        .build()
                        .join()) {
            CompletableFuture<CloseReason> end = new CompletableFuture<>();
            session.onLeave(end::complete);
            assertThatThrownBy(() -> session.call("com.example.none", "x".repeat(1 << 21)))
                    .isInstanceOf(WampException.class);
            assertThat(end.get().message())
                    .containsAnyOf("message of more than the limit of 1048576 bytes", "with code 1009");
        }
    }

    @Test
    void aMessageThatIsTooLargeForTheClientEndsTheSessionWithTheReason() throws Exception {
        try (RouterServer server = start();
                Session session = Client.builder(uri(port(server)))
                        .maxMessageBytes(10_000)
                        .build()
                        .join();
                Session publisher = Session.join(server.router(), "realm1")) {
            CompletableFuture<CloseReason> end = new CompletableFuture<>();
            session.onLeave(end::complete);
            session.subscribe("com.example.topic", event -> {});
            publisher.publish("com.example.topic", "x".repeat(20_000));
            assertThat(end.get().message()).contains("the router sent a message of more than 10000 bytes");
        }
    }

    // TR-LP-01
    @Test
    void refusalsAreNamed() throws Exception {
        try (RouterServer server = start()) {
            String other = "http://127.0.0.1:" + port(server) + "/other";
            assertThatThrownBy(() -> Client.builder(other).build().join())
                    .hasMessageContaining("cannot connect to " + other + ": the server answered HTTP 404: This path"
                            + " does not exist. A WAMP client connects to /ws, by WebSocket or HTTP long-poll.");
            String bare = "http://127.0.0.1:" + port(server);
            for (String address : List.of(bare, bare + "/")) {
                assertThatThrownBy(() -> Client.builder(address).build().join())
                        .hasMessageContaining(
                                " 404 (the address has no path: try " + bare + "/ws): This path does not");
            }
            assertThatThrownBy(() -> Session.join(uri(port(server)), "realm9"))
                    .hasMessageContaining("wamp.error.no_such_realm");
        }
        try (RouterServer server = start(ListenerConfig.builder()
                .port(0)
                .serializers(Set.of(Serializer.JSON))
                .build())) {
            assertThatThrownBy(() -> Client.builder(uri(port(server)))
                            .serializers(Serializer.CBOR)
                            .build()
                            .join())
                    .hasMessageContaining("HTTP 400")
                    .hasMessageContaining("wamp.2.json");
        }
        assertThatThrownBy(() ->
                        Client.builder("http://no_such_host.invalid/ws").build().join())
                .hasMessageContaining("unknown host name");
        assertThatThrownBy(() -> Client.builder("ftp://127.0.0.1/ws"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http:");
    }
}
