package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Section 9.6: testaments. */
class TestamentScenario {
    private static final String ADD = "wamp.session.add_testament";
    private static final String FLUSH = "wamp.session.flush_testaments";

    @Scenario({"TST-01", "TST-03"})
    void testamentsArePublishedHoweverTheSessionEnds(Testbed testbed) {
        Peer heir = testbed.join();
        long subscription = heir.subscribe("topic");
        for (int i = 0; i < 3; i++) {
            Peer peer = testbed.join();
            assertThat(MetaCalls.call(peer, ADD, "topic", List.of("will", (long) i), Map.of("word", true)))
                    .isEmpty();
            heir.expectNothing();
            switch (i) {
                case 0 -> peer.leave();
                case 1 -> peer.cut();
                default -> {
                    peer.sendList(0);
                    peer.expectViolation();
                }
            }
            Event event = heir.expect(Event.class);
            assertThat(event.subscription()).isEqualTo(subscription);
            assertThat(heir.arguments(event.payload()).positional()).containsExactly("will", (long) i);
            assertThat(heir.arguments(event.payload()).keywords()).containsEntry("word", true);
        }
        heir.expectNothing();
    }

    @Scenario({"TST-02", "TST-03"})
    void detachedTestamentsComeFirstAndScopesAreFlushedSeparately(Testbed testbed) {
        Peer heir = testbed.join();
        heir.subscribe("topic");
        Peer peer = testbed.join();
        add(peer, "destroyed", 3L);
        add(peer, "detached", 1L);
        add(peer, "destroyed", 4L);
        add(peer, "detached", 2L);
        peer.leave();
        for (long i = 1; i <= 4; i++) {
            assertThat(heir.arguments(heir.expect(Event.class).payload()).positional())
                    .containsExactly(i);
        }
        Peer second = testbed.join();
        add(second, "destroyed", 5L);
        add(second, "detached", 6L);
        assertThat(MetaCalls.call(second, FLUSH)).isEmpty();
        second.leave();
        assertThat(heir.arguments(heir.expect(Event.class).payload()).positional())
                .containsExactly(6L);
        Peer third = testbed.join();
        add(third, "destroyed", 7L);
        add(third, "detached", 8L);
        MetaCalls.call(third, FLUSH, List.of(), Map.of("scope", "detached"));
        third.leave();
        assertThat(heir.arguments(heir.expect(Event.class).payload()).positional())
                .containsExactly(7L);
        heir.expectNothing();
    }

    @Scenario("TST-04")
    void optionsOfThePublicationHold(Testbed testbed) {
        Peer heir = testbed.join();
        Peer other = testbed.join();
        heir.subscribe("topic");
        other.subscribe("topic");
        Peer peer = testbed.join();
        long session = peer.session();
        Map<String, Object> options =
                Map.of("eligible", List.of(heir.session()), "disclose_me", true, "retain", true, "acknowledge", true);
        MetaCalls.call(peer, ADD, List.of("topic", List.of(), Map.of()), Map.of("publish_options", options));
        peer.leave();
        Event event = heir.expect(Event.class);
        assertThat(event.details().publisher()).isNotNull();
        assertThat(event.details().publisher().session()).isEqualTo(session);
        other.expectNothing();
        heir.sendList(32, heir.nextRequest(), Map.of("get_retained", true), "topic");
        heir.expectList();
        assertThat(heir.expect(Event.class).details().retained()).isTrue();
    }

    @Scenario("TST-05")
    void aTestamentNeedsThePermissionToPublish(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri(""), MatchPolicy.PREFIX, EnumSet.of(Action.CALL), true),
                new Rule(new Uri("open."), MatchPolicy.PREFIX, Set.of(Action.PUBLISH), true)));
        testbed.realms(open.toBuilder().role("anonymous", role).build());
        Peer peer = testbed.join();
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, ADD, "closed.topic", List.of(), Map.of());
        MetaCalls.expectError(peer, WampError.INVALID_URI, ADD, "open..topic", List.of(), Map.of());
        MetaCalls.expectError(peer, WampError.INVALID_URI, ADD, "wamp.topic", List.of(), Map.of());
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, ADD, 1L);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, ADD, "open.topic", "no list");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, ADD, "open.topic", List.of(), List.of());
        for (Map<String, Object> keywords : List.<Map<String, Object>>of(
                Map.of("scope", "never"),
                Map.of("publish_options", 1L),
                Map.of("publish_options", Map.of("retain", 1L)))) {
            long request = peer.nextRequest();
            peer.sendList(48, request, Map.of(), ADD, List.of("open.topic", List.of(), Map.of()), keywords);
            peer.expectError(48, request, WampError.INVALID_ARGUMENT);
        }
        MetaCalls.call(peer, ADD, "open.topic", List.of(), Map.of());
    }

    @Scenario({"TST-06", "ORD-08"})
    void testamentsComeAfterOnUnsubscribeAndBeforeOnLeave(Testbed testbed) {
        Peer heir = testbed.join();
        long unsubscribed = heir.subscribe("wamp.subscription.on_unsubscribe");
        long left = heir.subscribe("wamp.session.on_leave");
        long topic = heir.subscribe("topic");
        Peer peer = testbed.join();
        peer.subscribe("other");
        MetaCalls.call(peer, ADD, "topic", List.of(), Map.of());
        peer.leave();
        for (long subscription : List.of(unsubscribed, topic, left)) {
            assertThat(heir.expect(Event.class).subscription()).isEqualTo(subscription);
        }
        heir.expectNothing();
    }

    @Scenario({"TST-07", "SMETA-09"})
    void aKillPublishesTestamentsButKillAllDoesNot(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer heir = testbed.join();
        long topic = heir.subscribe("topic");
        Peer one = testbed.join();
        Peer other = testbed.join();
        MetaCalls.call(one, ADD, "topic", List.of("one"), Map.of());
        MetaCalls.call(other, ADD, "topic", List.of("other"), Map.of());
        MetaCalls.call(heir, "wamp.session.kill", one.session());
        one.expect(Goodbye.class);
        one.answerGoodbye();
        assertThat(heir.expectEvent(topic)).containsExactly("one");
        MetaCalls.call(heir, "wamp.session.kill_all");
        other.expect(Goodbye.class);
        other.answerGoodbye();
        heir.expectNothing();
    }

    @Scenario("TST-08")
    void theNumberOfTestamentsOfASessionIsLimited(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        String half = "x".repeat(600_000);
        MetaCalls.call(peer, ADD, "topic", List.of(half), Map.of());
        MetaCalls.expectError(peer, WampError.LIMIT_EXCEEDED, ADD, "topic", List.of(half), Map.of());
        MetaCalls.call(peer, FLUSH);
        List<String> excluded = IntStream.range(0, 1_000)
                .mapToObj(i -> half.substring(0, 150) + i)
                .toList();
        Map<String, ?> listed = Map.of("publish_options", Map.of("exclude_authid", excluded));
        MetaCalls.call(peer, ADD, List.of("topic", List.of(), Map.of()), listed);
        MetaCalls.call(peer, ADD, List.of("topic", List.of(), Map.of()), listed);
        long third = peer.nextRequest();
        peer.sendList(48, third, Map.of(), ADD, List.of("topic", List.of(), Map.of()), listed);
        peer.expectError(48, third, WampError.LIMIT_EXCEEDED);
        MetaCalls.call(peer, FLUSH);
        for (int i = 0; i < 100; i++) {
            MetaCalls.call(peer, ADD, "topic", List.of(), Map.of());
        }
        MetaCalls.expectError(peer, WampError.LIMIT_EXCEEDED, ADD, "topic", List.of(), Map.of());
        MetaCalls.call(peer, FLUSH);
        MetaCalls.call(peer, ADD, "topic", List.of(), Map.of());
    }

    private static void add(Peer peer, String scope, long argument) {
        MetaCalls.call(peer, ADD, List.of("topic", List.of(argument), Map.of()), Map.of("scope", scope));
    }
}
