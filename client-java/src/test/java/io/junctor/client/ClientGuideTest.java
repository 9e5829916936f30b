package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.client.auth.SslContextBuilder;
import io.junctor.client.encryption.AesGcmCodec;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.client.meta.SubscriptionMetaApi;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of docs/client-java.md, compiled and run. */
@Timeout(60)
class ClientGuideTest {
    private final LiveRouter router = new LiveRouter();

    @AfterEach
    void stop() {
        router.close();
    }

    private Session join() {
        return Client.builder(router.uri()).serializers(Serializer.JSON).build().join();
    }

    @Test
    void everyBlockOfTheGuideStandsHere() throws IOException {
        assertBlocksStandIn("docs/client-java.md", ClientGuideTest.class);
    }

    /** Every Java block of a page stands in a test, so it compiles. */
    static void assertBlocksStandIn(String page, Class<?> test) throws IOException {
        Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
        String here = squeezed(Files.readString(source));
        String guide = Files.readString(Path.of("..", page));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult block) -> squeezed(block.group(1)))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(7)
                .allSatisfy(block ->
                        assertThat(here).contains(block.replace("\"ws://127.0.0.1:8080/ws\"", "router.uri()")));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void joining() {
        try (Session session = Session.join(router.uri(), "realm1")) {
            System.out.println("joined as session " + session.id());
        }

        Client client = Client.builder(router.uri())
                .realm("realm1")
                .requestTimeout(Duration.ofSeconds(5))
                .build();

        try (Session session = client.join()) {
            System.out.println("joined as session " + session.id());
        }
    }

    @Test
    void publishingAndSubscribing() {
        try (Session session = join()) {
            session.subscribe("plant.line1.temperature", event -> {
                double celsius = event.argument(0, Double.class);
                String unit = event.optionalKeyword("unit", String.class).orElse("C");
                System.out.println(event.topic() + ": " + celsius + " " + unit);
            });

            session.publish("plant.line1.temperature", 21.5);
            session.publish("plant.line1.temperature", Args.of(70.7).with("unit", "F"));

            session.publish("plant.line1.temperature", Args.of(21.5), PublishOptions.DEFAULT.includeMe());

            session.publish("plant.line1.temperature", Args.of(21.5), PublishOptions.DEFAULT.acknowledged());
        }
    }

    @Test
    void choosingEvents() {
        try (Session session = join()) {
            session.publish("plant.line1.state", Args.of("running"), PublishOptions.DEFAULT.retained());

            session.subscribe(
                    "plant..state", SubscribeOptions.DEFAULT.wildcard().withRetained(), event -> {
                        System.out.println(event.topic() + " is " + event.argument(0, String.class));
                    });

            session.publish(
                    "shop.price",
                    Args.of(250),
                    PublishOptions.DEFAULT
                            .eligibleAuthrole("clerk")
                            .exclude(4711)
                            .discloseMe());

            session.subscribe("shop.price", event -> {
                String publisher = event.publisher().map(PeerIdentity::authid).orElse("a publisher");
                System.out.println(publisher + " says " + event.argument(0, Integer.class));
            });

            session.testaments().add("plant.line1.state", Args.of("lost"), PublishOptions.DEFAULT.retained());

            Subscription prices = session.subscribe("shop.price", event -> System.out.println(event.arguments()));
            prices.onRevoked(reason -> System.out.println("no more prices: " + reason));
            assertThat(prices.topic()).isEqualTo("shop.price");
        }
    }

    @Test
    void sharingAndLimiting() {
        try (Session session = join()) {
            session.register(
                    "shop.price",
                    RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN).concurrency(8),
                    invocation -> 250);
            assertThat(session.call("shop.price").as(Integer.class)).isEqualTo(250);

            session.register("shop.order.list", invocation -> List.of());
            session.call("shop.order.list", Args.NONE, CallOptions.DEFAULT.timeout(Duration.ofSeconds(2)));
        }
    }

    @Test
    void streaming() {
        try (Session session = join()) {
            session.register("shop.search", invocation -> {
                String text = invocation.argument(0, String.class);
                int found = 0;
                for (String item : List.of("lamp A", "lamp B", "table")) {
                    if (item.startsWith(text)) {
                        invocation.progress().ifPresent(progress -> progress.send(item));
                        found++;
                    }
                }
                return found;
            });

            try (ResultStream results = session.stream("shop.search", "lamp")) {
                for (Result item : results) {
                    System.out.println(item.as(String.class));
                }
                System.out.println(results.result().as(Integer.class) + " found");
            }

            session.register("shop.upload", RegisterOptions.DEFAULT.inParts(), invocation -> {
                long bytes = 0;
                for (Invocation part : invocation.parts()) {
                    bytes += part.argument(0, byte[].class).length;
                }
                return bytes;
            });

            try (ProgressiveCall upload = session.callInParts("shop.upload", new byte[1000])) {
                upload.send(new byte[1000]);
                System.out.println(upload.finish(new byte[500]).as(Long.class) + " bytes arrived");
            }

            assertThat(session.call("shop.upload", new byte[3]).as(Long.class)).isEqualTo(3);
        }
    }

    @Test
    void asking() {
        try (Session session = join()) {
            SessionMetaApi sessions = new SessionMetaApi(session);
            sessions.onJoin(joined -> System.out.println(joined.authid() + " is here"));
            System.out.println(sessions.count() + " sessions");

            SubscriptionMetaApi subscriptions = new SubscriptionMetaApi(session);
            for (long id : subscriptions.match("plant.line1.temperature")) {
                System.out.println(subscriptions.get(id) + ": " + subscriptions.subscribers(id));
            }

            assertThat(sessions.count()).isEqualTo(1);
        }
    }

    /** Needs a router that keeps history. */
    static void readingHistory(Session session) {
        Subscription temperatures = session.subscribe("plant.line1.temperature", event -> {});
        HistoryOptions lastTen = HistoryOptions.DEFAULT.newestFirst().limit(10);
        for (PastEvent past : session.history(temperatures, lastTen)) {
            System.out.println(past.time() + " " + past.event().arguments());
        }
    }

    @Test
    void sealing() {
        byte[] key = new byte[32];
        Client client = Client.builder(router.uri())
                .payloadCodecs(AesGcmCodec.withKey("key-2026", key))
                .build();
        try (Session session = client.join()) {
            session.register("shop.safe.close", invocation -> invocation.argument(0, Integer.class));

            session.publish("shop.secret", Args.of("the safe is open"), PublishOptions.DEFAULT.sealed());
            session.call("shop.safe.close", Args.of(4711), CallOptions.DEFAULT.sealed());

            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void registeringAndCalling() {
        try (Session session = join()) {
            record Order(String item, int count) {}
            record Receipt(long number, String item) {}

            session.register("shop.order.create", invocation -> {
                Order order = invocation.argument(0, Order.class);
                return new Receipt(1, order.item());
            });

            Receipt receipt =
                    session.call("shop.order.create", new Order("tea", 3)).as(Receipt.class);

            assertThat(receipt).isEqualTo(new Receipt(1, "tea"));

            session.register("shop.order.list", invocation -> List.of(new Order("tea", 3)));

            List<Order> orders = session.call("shop.order.list").as(new TypeReference<List<Order>>() {});

            assertThat(orders).containsExactly(new Order("tea", 3));
        }
    }

    @Test
    void failing() {
        try (Session session = join()) {
            session.register("shop.order.cancel", invocation -> {
                throw new WampException(
                        "shop.error.too_late", Args.of("it is on its way").with("since", 3));
            });

            try {
                session.call("shop.order.cancel", 17);
            } catch (WampException failure) {
                System.out.println(failure.uri() + " " + failure.arguments() + " " + failure.keywords());
            }

            assertThatThrownBy(() -> session.call("shop.order.cancel", 17))
                    .hasMessage("shop.error.too_late: it is on its way");
        }
    }

    @Test
    void stayingJoined() {
        Client client = Client.builder(router.uri()).build();
        try (Membership membership = client.stayJoined(session -> {
            session.subscribe("plant.line1.temperature", event -> System.out.println(event.arguments()));
            session.register("shop.price", invocation -> 250);
        })) {
            int price = membership.call("shop.price").as(Integer.class);
            membership.publish("shop.offer", price);
        }
    }

    @Test
    void notWaiting() {
        try (Session session = join()) {
            CompletableFuture<Void> done = session.async()
                    .call("shop.order.list")
                    .thenAccept(result -> System.out.println(result.arguments()))
                    .exceptionally(failure -> {
                        System.out.println("no list: " + failure.getMessage());
                        return null;
                    });

            assertThat(done.join()).isNull();

            session.onLeave(reason ->
                    System.out.println(reason.by() + " ended it: " + reason.reason() + ", " + reason.message()));
        }
    }

    /** Needs files. */
    static SSLContext tls() {
        SSLContext tls = SslContextBuilder.create()
                .authorities(Path.of("ca.pem"))
                .certificate(Path.of("client.pem"), Path.of("client-key.pem"))
                .build();
        return tls;
    }
}
