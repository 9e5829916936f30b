package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryAcrossRoutersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final RouterGroup routers = RouterGroup.of(
            3,
            RouterGroup.realm(Action.values()).toBuilder()
                    .features(RealmFeatures.DEFAULT.withHistory(
                            new HistoryTopic(new Uri("com.topic"), MatchPolicy.EXACT, 50, HOUR, 1 << 20),
                            new HistoryTopic(new Uri("com."), MatchPolicy.PREFIX, 1_000, HOUR, 1 << 20),
                            new HistoryTopic(new Uri("small"), MatchPolicy.EXACT, 1_000, HOUR, 10_000)))
                    .build());

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void whatAnyRouterPublishedIsReadInOneOrderOnAll() {
        List<Peer> peers = List.of(routers.join(0), routers.join(1), routers.join(2));
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            published.add(peers.get(i % 3).publish("com.topic", (long) i));
            assertThat(events(peers.get((i + 1) % 3), "com.topic", "exact")).isEqualTo(published);
        }
        peers.get(0).publishUnacknowledged("com.other", 1L);
        assertThat(events(peers.get(0), "com.", "prefix")).hasSize(31).startsWith(published.toArray(Long[]::new));
    }

    @Test
    void itOutlivesTheRouters() {
        long first = routers.join(0).publish("com.topic", 1L);
        long second = routers.join(1).publish("com.topic", 2L);
        routers.stop(0);
        routers.stop(1);
        int late = routers.add();
        assertThat(events(routers.join(late), "com.topic", "exact")).containsExactly(first, second);
        routers.stop(2);
        routers.stop(late);
        assertThat(events(routers.join(routers.add()), "com.topic", "exact")).containsExactly(first, second);
    }

    @Test
    void theLimitsHoldForAllRoutersTogether() {
        List<Peer> peers = List.of(routers.join(0), routers.join(1), routers.join(2));
        List<Long> topic = new ArrayList<>();
        List<Long> small = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            topic.add(peers.get(i % 3).publish("com.topic", (long) i));
            small.add(peers.get(i % 3).publish("small", "x".repeat(1_000)));
        }
        assertThat(events(peers.getFirst(), "com.topic", "exact")).isEqualTo(topic.subList(250, 300));
        List<Long> kept = events(peers.getFirst(), "small", "exact");
        assertThat(kept).hasSizeBetween(5, 8).isEqualTo(small.subList(300 - kept.size(), 300));
        routers.settle();
        // The rest is not only not read, it is removed.
        assertThat(routers.stored(new HistoryTopic(new Uri("com.topic"), MatchPolicy.EXACT, 1_000, HOUR, 1 << 20)))
                .isBetween(50, 50 + 3 * 16);
        assertThat(routers.stored(new HistoryTopic(new Uri("small"), MatchPolicy.EXACT, 1_000, HOUR, 1 << 20)))
                .isLessThan(30);
    }

    @Test
    void anAcknowledgementPromisesThatTheEventIsStored() {
        Peer writer = routers.join(0);
        Peer reader = routers.join(0);
        long subscription = reader.subscribe("com.topic");
        routers.network().suspend(Store.HISTORY);
        long request = writer.nextRequest();
        writer.send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, new Uri("com.topic"), writer.payload(1L)));
        assertThat(reader.expectEvent(subscription)).containsExactly(1L);
        routers.settle();
        writer.expectNothing();
        routers.clock().advance(Duration.ofSeconds(5));
        ErrorMessage error = writer.expect(ErrorMessage.class);
        assertThat(error.error()).isEqualTo(new Uri("wamp.error.network_failure"));
        assertThat(String.valueOf(writer.arguments(error.payload()).positional().getFirst()))
                .isEqualTo("the event may have reached only the subscribers of this router, and may not be kept: the"
                        + " history did not take the event: the store HISTORY did not answer within 5 s");
        routers.network().resume(Store.HISTORY);
    }

    private static List<Long> events(Peer peer, String topic, String match) {
        long lookup = peer.call("wamp.subscription.lookup", topic, Map.of("match", match));
        Object id =
                peer.arguments(peer.expectResult(lookup).payload()).positional().getFirst();
        long request = peer.call("wamp.subscription.get_events", id);
        List<?> events = (List<?>)
                Objects.requireNonNull(peer.arguments(peer.expectResult(request).payload())
                        .positional()
                        .getFirst());
        return events.stream()
                .map(event -> (Long) Objects.requireNonNull(((Map<?, ?>) event).get("publication")))
                .toList();
    }
}
