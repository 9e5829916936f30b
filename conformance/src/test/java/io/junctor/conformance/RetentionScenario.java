package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Section 9.4: retained events. */
class RetentionScenario {
    @Scenario({"PSX-RET-01", "PSX-RET-02", "PSX-RET-05", "ORD-09"})
    void aRetainedEventComesRightAfterSubscribed(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        long publication = retain(publisher, "topic", Map.of("disclose_me", true), 1L);
        publisher.publish("topic", "not retained");
        long subscription = subscribe(subscriber, "topic", "exact");
        Event event = subscriber.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(subscription);
        assertThat(event.publication()).isEqualTo(publication);
        assertThat(event.details().retained()).isTrue();
        assertThat(event.details().topic()).isNull();
        assertThat(Objects.requireNonNull(event.details().publisher()).session())
                .isEqualTo(publisher.session());
        assertThat(subscriber.arguments(event.payload()).positional()).containsExactly(1L);
        publisher.publish("topic", 2L);
        assertThat(subscriber.expect(Event.class).details().retained()).isFalse();
        subscriber.expectNothing();
    }

    @Scenario(
            value = {"PSX-RET-01", "ORD-09"},
            on = Scenario.Where.IN_MEMORY)
    void thousandsOfThemComeInOrderBehindSubscribed(Testbed testbed) {
        Peer publisher = testbed.join();
        int topics = 3_500;
        for (int i = 0; i < topics; i++) {
            retain(publisher, "plant.m" + (10_000 + i) + ".state", Map.of(), (long) i);
        }
        Peer subscriber = testbed.join();
        long first = subscriber.nextRequest();
        subscriber.sendList(32, first, Map.of("match", "wildcard", "get_retained", true), "plant..state");
        long second = subscriber.nextRequest();
        subscriber.sendList(32, second, Map.of(), "other");
        assertThat(subscriber.expect(Subscribed.class).request()).isEqualTo(first);
        for (int i = 0; i < topics; i++) {
            Event event = subscriber.expect(Event.class);
            assertThat(subscriber.arguments(event.payload()).positional()).containsExactly((long) i);
        }
        assertThat(subscriber.expect(Subscribed.class).request()).isEqualTo(second);
        subscriber.expectNothing();
    }

    @Scenario("PSX-RET-02")
    void retainedEventsAreSentOnlyOnRequest(Testbed testbed) {
        Peer publisher = testbed.join();
        retain(publisher, "topic", Map.of(), 1L);
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        subscriber.expectNothing();
        subscribe(subscriber, "other", "exact");
        subscriber.expectNothing();
    }

    @Scenario({"PSX-RET-03", "PSX-EXCL-01"})
    void sessionsThatWereExcludedGetNoRetainedEvent(Testbed testbed) {
        Peer publisher = testbed.join();
        Peer chosen = testbed.join();
        Peer other = testbed.join();
        retain(publisher, "one", Map.of("eligible", List.of(chosen.session())), 1L);
        retain(publisher, "two", Map.of("exclude", List.of(chosen.session())), 2L);
        retain(publisher, "three", Map.of("eligible_authrole", List.of("x")), 3L);
        retain(publisher, "four", Map.of(), 4L);
        retain(publisher, "five", Map.of("exclude_me", false), 5L);
        assertThat(retained(chosen)).containsExactlyInAnyOrder(1L, 4L, 5L);
        assertThat(retained(other)).containsExactlyInAnyOrder(2L, 4L, 5L);
        assertThat(retained(publisher)).containsExactly(5L);
    }

    @Scenario("PSX-RET-04")
    void theNewestRetainedEventThatASessionMayGetIsSent(Testbed testbed) {
        Peer publisher = testbed.join();
        Peer chosen = testbed.join();
        Peer other = testbed.join();
        retain(publisher, "one", Map.of(), 1L);
        retain(publisher, "one", Map.of("eligible", List.of(chosen.session())), 2L);
        assertThat(retained(chosen)).containsExactly(2L);
        assertThat(retained(other)).containsExactly(1L);
        retain(publisher, "one", Map.of(), 3L);
        Peer late = testbed.join();
        assertThat(retained(late)).containsExactly(3L);
        chosen.expect(Event.class);
        other.expect(Event.class);
    }

    @Scenario("PSX-RET-06")
    void aPatternGetsOneRetainedEventOfEachTopicOnEachRequest(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        for (String topic : List.of("a.b.c", "a.x.c", "a.b", "ab", "b.b.c")) {
            retain(publisher, topic, Map.of(), "old");
            retain(publisher, topic, Map.of(), topic);
        }
        for (int i = 0; i < 2; i++) {
            long prefix = subscribe(subscriber, "a.", "prefix");
            assertThat(topics(subscriber, prefix, 3)).containsExactlyInAnyOrder("a.b.c", "a.x.c", "a.b");
        }
        long wildcard = subscribe(subscriber, ".b.c", "wildcard");
        assertThat(topics(subscriber, wildcard, 2)).containsExactlyInAnyOrder("a.b.c", "b.b.c");
        subscriber.expectNothing();
    }

    @Scenario({"PSX-RET-07", "SUBMETA-02"})
    void retainedEventsKeepNoSubscriptionAlive(Testbed testbed) {
        Peer peer = testbed.join();
        retain(testbed.join(), "topic", Map.of(), 1L);
        assertThat(MetaCalls.call(peer, "wamp.subscription.match", "topic")).containsOnlyNulls();
    }

    private static long retain(Peer publisher, String topic, Map<String, Object> options, Object argument) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("acknowledge", true);
        all.put("retain", true);
        publisher.sendList(16, publisher.nextRequest(), all, topic, List.of(argument));
        return publisher.expect(Published.class).publication();
    }

    private static long subscribe(Peer peer, String pattern, String match) {
        peer.sendList(32, peer.nextRequest(), Map.of("match", match, "get_retained", true), pattern);
        return peer.expect(Subscribed.class).subscription();
    }

    /** Subscribes to all topics of one part and returns the retained events. */
    private static Set<Object> retained(Peer peer) {
        subscribe(peer, "", "wildcard");
        peer.sendList(48, peer.nextRequest(), Map.of(), "wamp.session.count");
        Set<Object> arguments = new HashSet<>();
        List<?> message = peer.expectList();
        while (message.get(0).equals(36L)) {
            arguments.add(((List<?>) message.get(4)).get(0));
            message = peer.expectList();
        }
        return arguments;
    }

    private static Set<String> topics(Peer peer, long subscription, int count) {
        Set<String> topics = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Event event = peer.expect(Event.class);
            assertThat(event.subscription()).isEqualTo(subscription);
            assertThat(peer.arguments(event.payload()).positional())
                    .containsExactly(String.valueOf(event.details().topic()));
            topics.add(String.valueOf(event.details().topic()));
        }
        return topics;
    }
}
