package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.metrics.Counter;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 7: publish and subscribe. */
class PubSubScenario {
    private static final Uri TOPIC = new Uri("topic");

    @Scenario("PS-01")
    void aSubscriptionHoldsUntilUnsubscribe(Testbed testbed) {
        Peer subscriber = testbed.join();
        long subscription = subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publisher.publish("topic", 1L);
        assertThat(subscriber.expectEvent(subscription)).containsExactly(1L);
        unsubscribe(subscriber, subscription);
        publisher.publish("topic", 2L);
        subscriber.expectNothing();
    }

    @Scenario("PS-02")
    void subscribingAgainGivesTheSameSubscriptionAndOneEvent(Testbed testbed) {
        Peer subscriber = testbed.join();
        long subscription = subscriber.subscribe("topic");
        assertThat(subscriber.subscribe("topic")).isEqualTo(subscription);
        Peer publisher = testbed.join();
        publisher.publish("topic", 1L);
        assertThat(subscriber.expectEvent(subscription)).containsExactly(1L);
        subscriber.expectNothing();
        unsubscribe(subscriber, subscription);
        publisher.publish("topic", 2L);
        subscriber.expectNothing();
    }

    @Scenario("PS-03")
    void unsubscribingWithoutTheSubscriptionFails(Testbed testbed) {
        Peer holder = testbed.join();
        long subscription = holder.subscribe("topic");
        Peer other = testbed.join();
        expectNoSubscription(other, subscription);
        expectNoSubscription(holder, subscription + 1);
        unsubscribe(holder, subscription);
        expectNoSubscription(holder, subscription);
    }

    @Scenario("PS-04")
    void onlyAcknowledgedPublicationsAreAnswered(Testbed testbed) {
        Peer publisher = testbed.join();
        publisher.publishUnacknowledged("topic");
        publisher.expectNothing();
        long request = publisher.nextRequest();
        publisher.send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, TOPIC, publisher.payload()));
        assertThat(publisher.expect(Published.class).request()).isEqualTo(request);
    }

    @Scenario("PS-05")
    void allEventsOfAPublicationCarryItsId(Testbed testbed) {
        Peer one = testbed.join();
        Peer two = testbed.join();
        one.subscribe("topic");
        two.subscribe("topic");
        Peer publisher = testbed.join();
        long first = publisher.publish("topic");
        assertThat(one.expect(Event.class).publication()).isEqualTo(first);
        assertThat(two.expect(Event.class).publication()).isEqualTo(first);
        long second = publisher.publish("topic");
        assertThat(second).isNotEqualTo(first);
        assertThat(one.expect(Event.class).publication()).isEqualTo(second);
        two.expect(Event.class);
        assertThat(publisher.publish("nobody.listens")).isPositive();
    }

    @Scenario({"PS-06", "PSX-EXCL-01"})
    void thePublisherGetsItsOwnEventOnlyIfItAsks(Testbed testbed) {
        Peer peer = testbed.join();
        Peer other = testbed.join();
        long subscription = peer.subscribe("topic");
        other.subscribe("topic");
        peer.publish("topic", "not to me");
        assertThat(other.expectEvent(subscription)).containsExactly("not to me");
        peer.expectNothing();
        PublishMessageOptions toMe =
                new PublishMessageOptions(true, false, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);
        peer.send(new Publish(peer.nextRequest(), toMe, TOPIC, peer.payload("to me too")));
        peer.expect(Published.class);
        assertThat(peer.expectEvent(subscription)).containsExactly("to me too");
        assertThat(other.expectEvent(subscription)).containsExactly("to me too");
    }

    @Scenario("PS-06")
    void allSubscribersOfTheTopicGetTheEventAndNoOtherSession(Testbed testbed) {
        List<Peer> subscribers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Peer subscriber = testbed.join();
            subscriber.subscribe("topic");
            subscribers.add(subscriber);
        }
        Peer bystander = testbed.join();
        bystander.subscribe("topic.other");
        testbed.join().publish("topic", 1L);
        for (Peer subscriber : subscribers) {
            assertThat(subscriber
                            .arguments(subscriber.expect(Event.class).payload())
                            .positional())
                    .containsExactly(1L);
            subscriber.expectNothing();
        }
        bystander.expectNothing();
    }

    @Scenario("PS-07")
    void argumentsArriveAsTheyWereSent(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        List<Object> list = List.of(1L, -1L, 1.5, "text", true, List.of(List.of()), Map.of("a", Map.of("b", 2L)));
        publisher.send(new Publish(
                publisher.nextRequest(),
                PublishMessageOptions.DEFAULT,
                TOPIC,
                publisher.payload(list, Map.of("word", list))));
        List<@Nullable Object> event = subscriber.expectList();
        assertThat(event).hasSize(6).endsWith(list, Map.of("word", list));
    }

    @Scenario({"PS-09", "SEC-02", "EXT-04"})
    void anEventTooLargeForOneReceiverIsDroppedForItAlone(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer small = testbed.peerOn(testbed.memoryLink(testbed.nextSerializer(), 1_000));
        small.join(Testbed.REALM);
        Peer large = testbed.join();
        small.subscribe("topic");
        large.subscribe("topic");
        Peer publisher = testbed.join();
        publisher.publish("topic", "x".repeat(2_000));
        assertThat(size(large)).isEqualTo(2_000);
        // The size shows when the event is sent. What is published before that tells of no drop.
        await().until(() -> testbed.router().count(Counter.EVENTS_TOO_LARGE) == 1);
        publisher.publish("topic", "fits");
        assertThat(size(large)).isEqualTo(4);
        Event next = small.expect(Event.class);
        assertThat(small.arguments(next.payload()).positional()).containsExactly("fits");
        assertThat(next.details().dropped()).isEqualTo(1);
    }

    @Scenario({"TV-04", "PS-05"})
    void twoSessionsExchangeAnEventUnderIdsOfTheirOwn(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        subscriber.sendList(32, 1, Map.of(), "com.myapp.mytopic1");
        List<@Nullable Object> subscribed = subscriber.expectList();
        assertThat(subscribed).hasSize(3).startsWith(33L, 1L);
        publisher.sendList(16, 1, Map.of("acknowledge", true), "com.myapp.mytopic1", List.of("Hello, world!"));
        List<@Nullable Object> published = publisher.expectList();
        assertThat(published).hasSize(3).startsWith(17L, 1L);
        assertThat(subscriber.expectList())
                .containsExactly(36L, subscribed.get(2), published.get(2), Map.of(), List.of("Hello, world!"));
    }

    @Scenario("PS-10")
    void onlySessionsSubscribedAtPublicationGetTheEvent(Testbed testbed) {
        Peer publisher = testbed.join();
        publisher.publish("topic", "before");
        Peer subscriber = testbed.join();
        long subscription = subscriber.subscribe("topic");
        publisher.publish("topic", "during");
        assertThat(subscriber.expectEvent(subscription)).containsExactly("during");
        unsubscribe(subscriber, subscription);
        publisher.publish("topic", "after");
        subscriber.subscribe("topic");
        subscriber.expectNothing();
    }

    @Scenario("SEC-02")
    void theNumberOfSubscriptionsOfASessionIsLimited(Testbed testbed) {
        testbed.realms(limited(2));
        Peer peer = testbed.join();
        peer.subscribe("one");
        peer.subscribe("two");
        long request = peer.nextRequest();
        peer.send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri("three")));
        peer.expectError(Subscribe.CODE, request, WampError.LIMIT_EXCEEDED);
        peer.expectNothing();
    }

    @Scenario(
            value = {"ORD-10", "SEC-02", "EXT-04"},
            on = Scenario.Where.IN_MEMORY)
    void onlyTheSlowSubscriberLosesEvents(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        RealmLimits few = RealmLimits.DEFAULT.withOutbox(8 << 20, 10, SlowSubscriber.DROP);
        testbed.realms(open.toBuilder().limits(few).build());
        Peer slow = testbed.join();
        Peer fast = testbed.join();
        Peer publisher = testbed.join();
        slow.subscribe("topic");
        fast.subscribe("topic");
        MemoryTransport link = testbed.memory(slow);
        link.stopReading();
        for (long i = 0; i < 100; i++) {
            publisher.publish("topic", i);
            assertThat(fast.arguments(fast.expect(Event.class).payload()).positional())
                    .containsExactly(i);
        }
        long dropped = testbed.router().count(Counter.EVENTS_DROPPED);
        assertThat(dropped).isBetween(80L, 95L);
        link.resumeReading();
        for (long i = 0; i < 100 - dropped; i++) {
            assertThat(slow.expect(Event.class).details().dropped()).isZero();
        }
        slow.expectNothing();
        publisher.publish("topic", 100L);
        assertThat(slow.expect(Event.class).details().dropped()).isEqualTo(dropped);
        assertThat(fast.expect(Event.class).details().dropped()).isZero();
        publisher.publish("topic", 101L);
        assertThat(slow.expect(Event.class).details().dropped()).isZero();
        fast.expect(Event.class);
    }

    private static int size(Peer peer) {
        Object text =
                peer.arguments(peer.expect(Event.class).payload()).positional().getFirst();
        return String.valueOf(text).length();
    }

    private static RealmConfig limited(int each) {
        RealmLimits limits = RealmLimits.DEFAULT.withHoldings(RealmLimits.Holdings.ofEach(each));
        return RealmConfig.open(Testbed.REALM).toBuilder().limits(limits).build();
    }

    private static void unsubscribe(Peer peer, long subscription) {
        long request = peer.nextRequest();
        peer.send(new Unsubscribe(request, subscription));
        assertThat(peer.expect(Unsubscribed.class).request()).isEqualTo(request);
    }

    private static void expectNoSubscription(Peer peer, long subscription) {
        long request = peer.nextRequest();
        peer.send(new Unsubscribe(request, subscription));
        peer.expectError(Unsubscribe.CODE, request, WampError.NO_SUCH_SUBSCRIPTION);
    }
}
