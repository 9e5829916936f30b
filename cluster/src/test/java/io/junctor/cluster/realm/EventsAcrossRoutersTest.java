package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsAcrossRoutersTest {
    private static final int MANY = 300;

    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void whatIsPublishedRightAfterSubscribedArrives() {
        for (int round = 0; round < MANY; round++) {
            Peer reader = routers.join(round % 3);
            Peer writer = routers.join((round + 1) % 3);
            long subscription = reader.subscribe("com.topic" + round);
            writer.publishUnacknowledged("com.topic" + round, (long) round);
            assertThat(reader.expectEvent(subscription)).containsExactly((long) round);
        }
    }

    @Test
    void eventsOfAPublisherKeepTheirOrderAcrossTopics() {
        Peer reader = routers.join(0);
        Peer writer = routers.join(1);
        long one = reader.subscribe("com.one");
        long two = reader.subscribe("com.two");
        for (long i = 0; i < MANY; i++) {
            writer.publishUnacknowledged(i % 3 == 0 ? "com.one" : "com.two", i);
        }
        for (long i = 0; i < MANY; i++) {
            assertThat(reader.expectEvent(i % 3 == 0 ? one : two)).containsExactly(i);
        }
    }

    @Test
    void eachSubscriberGetsAnEventOnceOnWhicheverRouterItIs() {
        List<Peer> readers = List.of(routers.join(0), routers.join(1), routers.join(2), routers.join(2));
        Peer writer = routers.join(1);
        List<Long> subscriptions =
                readers.stream().map(reader -> reader.subscribe("com.topic")).toList();
        writer.publish("com.topic", 1L);
        writer.publish("com.topic", 2L);
        for (int i = 0; i < readers.size(); i++) {
            assertThat(readers.get(i).expectEvent(subscriptions.get(i))).containsExactly(1L);
            assertThat(readers.get(i).expectEvent(subscriptions.get(i))).containsExactly(2L);
        }
    }

    @Test
    void subscriptionsOfATopicHaveOneIdOnAllRouters() {
        long id = routers.join(0).subscribe("com.topic");
        assertThat(routers.join(1).subscribe("com.topic")).isEqualTo(id);
        assertThat(subscribe(routers.join(2), "com.topic", MatchPolicy.PREFIX)).isNotEqualTo(id);
        assertThat(routers.join(2).subscribe("com.topic2")).isNotEqualTo(id);
    }

    @Test
    void patternsMatchEventsOfOtherRouters() {
        Peer reader = routers.join(0);
        Peer writer = routers.join(1);
        long prefix = subscribe(reader, "com.pl", MatchPolicy.PREFIX);
        long wildcard = subscribe(reader, "com..state", MatchPolicy.WILDCARD);
        writer.publish("com.plant.value", 1L);
        Event event = reader.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(prefix);
        assertThat(event.details().topic()).isEqualTo(new Uri("com.plant.value"));
        writer.publish("com.other.state", 2L);
        assertThat(reader.expectEvent(wildcard)).containsExactly(2L);
    }

    @Test
    void exclusionAndEligibilityHoldAcrossRouters() {
        Peer excluded = routers.join(0);
        Peer eligible = routers.join(1);
        Peer other = routers.join(2);
        Peer writer = routers.join(0);
        long subscription = excluded.subscribe("com.topic");
        eligible.subscribe("com.topic");
        other.subscribe("com.topic");
        writer.subscribe("com.topic");
        publish(writer, new Audience(List.of(excluded.session()), null, null, null, null, null), 1L);
        publish(writer, new Audience(null, null, null, List.of(eligible.session()), null, null), 2L);
        publish(writer, Audience.ALL, 3L);
        assertThat(eligible.expectEvent(subscription)).containsExactly(1L);
        assertThat(eligible.expectEvent(subscription)).containsExactly(2L);
        assertThat(eligible.expectEvent(subscription)).containsExactly(3L);
        assertThat(other.expectEvent(subscription)).containsExactly(1L);
        assertThat(other.expectEvent(subscription)).containsExactly(3L);
        assertThat(excluded.expectEvent(subscription)).containsExactly(3L);
    }

    @Test
    void noEventCrossesRealms() {
        Peer reader = routers.join(0);
        Peer stranger = routers.join(0, "realm2", Peer.PLAIN);
        long subscription = reader.subscribe("com.topic");
        stranger.subscribe("com.topic");
        Peer writer = routers.join(1);
        writer.publish("com.topic", 1L);
        assertThat(reader.expectEvent(subscription)).containsExactly(1L);
        // What stranger received wrongly would be unread at the end of the test.
        Peer neighbour = routers.join(1, "realm2", Peer.PLAIN);
        neighbour.publish("com.topic", 2L);
        assertThat(stranger.expect(Event.class).payload().isAbsent()).isFalse();
    }

    @Test
    void aSubscriberIsAnsweredAlthoughAnotherRouterDoesNotAnswer() {
        routers.network().cutOff(routers.id(2));
        Peer reader = routers.join(0);
        long request = reader.nextRequest();
        reader.send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri("com.topic")));
        reader.expectNothing();
        routers.clock().advance(Duration.ofSeconds(2));
        assertThat(reader.expect(Subscribed.class).request()).isEqualTo(request);
    }

    @Test
    void eventsThatNoOtherRouterWantsAreNotSent() {
        Peer writer = routers.join(0);
        Peer here = routers.join(0);
        long subscription = here.subscribe("com.topic");
        for (long i = 0; i < 3; i++) {
            writer.publish("com.topic", i);
            assertThat(here.expectEvent(subscription)).containsExactly(i);
            routers.settle();
        }
        // A publisher whose events are sent pauses now.
        routers.network().fill(routers.id(0));
        for (long i = 3; i < 10; i++) {
            writer.publish("com.topic", i);
            assertThat(here.expectEvent(subscription)).containsExactly(i);
            routers.settle();
        }
        routers.network().empty(routers.id(0));
        Peer elsewhere = routers.join(2);
        elsewhere.subscribe("com.topic");
        writer.publish("com.topic", 10L);
        assertThat(here.expectEvent(subscription)).containsExactly(10L);
        assertThat(elsewhere.expectEvent(subscription)).containsExactly(10L);
    }

    private static long subscribe(Peer peer, String topic, MatchPolicy match) {
        peer.send(new Subscribe(
                peer.nextRequest(), new SubscribeMessageOptions(match, false, List.of(), Dict.EMPTY), new Uri(topic)));
        return peer.expect(Subscribed.class).subscription();
    }

    private static void publish(Peer peer, Audience audience, long value) {
        PublishMessageOptions options =
                new PublishMessageOptions(false, true, false, false, audience, null, List.of(), Dict.EMPTY);
        peer.send(new Publish(peer.nextRequest(), options, new Uri("com.topic"), peer.payload(value)));
    }
}
