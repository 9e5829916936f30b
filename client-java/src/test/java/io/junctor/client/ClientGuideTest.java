package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
        return Client.connect(router.uri()).serializers(Serializer.JSON).join();
    }

    @Test
    void everyBlockOfTheGuideStandsHere() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/io/junctor/client/ClientGuideTest.java")));
        String guide = Files.readString(Path.of("../docs/client-java.md"));
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
        try (Session session = Client.connect(router.uri()).realm("realm1").join()) {
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

            session.publish("plant.line1.temperature", Args.of(21.5), PublishOptions.DEFAULT.acknowledged());
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
        Client client = Client.connect(router.uri()).realm("nowhere");
        try (Membership membership = client.stayJoined(session -> {
            session.subscribe("plant.line1.temperature", event -> System.out.println(event.arguments()));
            session.register("shop.price", invocation -> 250);
        })) {
            System.out.println("ended: " + membership.awaitEnd());
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

            session.onLeave(
                    leave -> System.out.println(leave.by() + " ended it: " + leave.reason() + ", " + leave.message()));
        }
    }
}
