package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Section 9.5: the subscription meta API and revocation. */
class SubscriptionMetaScenario {
    private static final String API = "wamp.subscription.";

    @Scenario({"SUBMETA-01", "SUBMETA-02", "ORD-08"})
    void metaEventsOfSubscriptionsArePublished(Testbed testbed) {
        Peer watcher = testbed.join();
        long created = watcher.subscribe(API + "on_create");
        long subscribed = watcher.subscribe(API + "on_subscribe");
        long unsubscribed = watcher.subscribe(API + "on_unsubscribe");
        long deleted = watcher.subscribe(API + "on_delete");
        Peer one = testbed.join();
        Peer other = testbed.join();
        long id = one.subscribe("topic");
        Event event = watcher.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(created);
        List<?> told = watcher.arguments(event.payload()).positional();
        assertThat(told.get(0)).isEqualTo(one.session());
        expectDescription((Map<?, ?>) Objects.requireNonNull(told.get(1)), id, "topic", "exact");
        MetaCalls.expectEvent(watcher, subscribed, one.session(), id);
        other.subscribe("topic");
        MetaCalls.expectEvent(watcher, subscribed, other.session(), id);
        other.subscribe("topic");
        one.send(new Unsubscribe(one.nextRequest(), id));
        one.expect(Unsubscribed.class);
        MetaCalls.expectEvent(watcher, unsubscribed, one.session(), id);
        long last = other.session();
        other.cut();
        MetaCalls.expectEvent(watcher, unsubscribed, last, id);
        MetaCalls.expectEvent(watcher, deleted, last, id);
        watcher.expectNothing();
    }

    @Scenario({"SUBMETA-01", "ORD-08"})
    void theAnswerComesBeforeItsMetaEvents(Testbed testbed) {
        Peer peer = testbed.join();
        long events = peer.subscribe(API + "on_subscribe");
        long id = peer.subscribe("topic");
        MetaCalls.expectEvent(peer, events, peer.session(), id);
    }

    @Scenario({"SUBMETA-03", "URI-12"})
    void metaEventsOmitOtherRealmsAndTopicsOfTheRouter(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer watcher = testbed.join();
        watcher.subscribe(API + "on_create");
        watcher.subscribe(API + "on_subscribe");
        testbed.joinRealm(Testbed.OTHER_REALM).subscribe("topic");
        testbed.join().subscribe("wamp.session.on_join");
        watcher.expectNothing();
    }

    @Scenario({"SUBMETA-04", "SUBMETA-05", "SUBMETA-06", "SUBMETA-09"})
    void subscriptionsAreListedLookedUpAndMatched(Testbed testbed) {
        Peer peer = testbed.join();
        peer.subscribe("wamp.session.on_leave");
        assertThat(MetaCalls.call(peer, API + "list"))
                .containsExactly(Map.of("exact", List.of(), "prefix", List.of(), "wildcard", List.of()));
        long exact = peer.subscribe("a.b");
        long prefix = subscribe(peer, "a.", "prefix");
        long wildcard = subscribe(peer, ".b", "wildcard");
        assertThat(MetaCalls.call(peer, API + "list"))
                .containsExactly(
                        Map.of("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of(wildcard)));
        assertThat(MetaCalls.call(peer, API + "lookup", "a.b")).containsExactly(exact);
        assertThat(MetaCalls.call(peer, API + "lookup", "a.", Map.of("match", "prefix")))
                .containsExactly(prefix);
        assertThat(MetaCalls.call(peer, API + "lookup", "a.b", Map.of("match", "prefix")))
                .isEqualTo(Arrays.asList((Object) null));
        assertThat(MetaCalls.call(peer, API + "lookup", "wamp.session.on_leave"))
                .isEqualTo(Arrays.asList((Object) null));
        assertThat((List<?>) MetaCalls.call(peer, API + "match", "a.b").get(0))
                .hasSize(3)
                .allMatch(id -> List.of(exact, prefix, wildcard).contains(id));
        assertThat(MetaCalls.call(peer, API + "match", "c.d.e")).isEqualTo(Arrays.asList((Object) null));
    }

    @Scenario({"SUBMETA-07", "SUBMETA-08"})
    void theMetaApiReturnsASubscriptionAndItsSubscribers(Testbed testbed) {
        Peer one = testbed.join();
        Peer other = testbed.join();
        long id = subscribe(one, "a.", "prefix");
        subscribe(other, "a.", "prefix");
        Object described = MetaCalls.call(one, API + "get", id).get(0);
        expectDescription((Map<?, ?>) Objects.requireNonNull(described), id, "a.", "prefix");
        assertThat(MetaCalls.call(one, API + "list_subscribers", id))
                .containsExactly(List.of(one.session(), other.session()));
        assertThat(MetaCalls.call(one, API + "count_subscribers", id)).containsExactly(2L);
        for (String procedure : List.of("get", "list_subscribers", "count_subscribers")) {
            MetaCalls.expectError(one, WampError.NO_SUCH_SUBSCRIPTION, API + procedure, id == 1 ? 2L : 1L);
        }
    }

    @Scenario("SUBMETA-08")
    void argumentsOfAnotherKindAreRefused(Testbed testbed) {
        Peer peer = testbed.join();
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "get");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "get", "1");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "count_subscribers", 0L);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "lookup", 1L);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "lookup", "a", "exact");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "lookup", "a", Map.of("match", "suffix"));
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "match", "a..b");
    }

    @Scenario("SUBMETA-09")
    void subscriptionsToTopicsOfTheRouterAreHidden(Testbed testbed) {
        Peer peer = testbed.join();
        long id = peer.subscribe("wamp.session.on_leave");
        for (String procedure : List.of("get", "list_subscribers", "count_subscribers")) {
            MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + procedure, id);
        }
    }

    @Scenario({"SUBREV-01", "SUBREV-02", "SUBREV-03", "ORD-03"})
    void aRemovedSubscriberIsNotifiedIfItAnnouncedRevocation(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer watcher = testbed.join();
        long unsubscribed = watcher.subscribe(API + "on_unsubscribe");
        Peer able = testbed.join(new Roles(Map.of(Role.SUBSCRIBER, Set.of(Feature.SUBSCRIPTION_REVOCATION))));
        Peer plain = testbed.join();
        long id = able.subscribe("topic");
        plain.subscribe("topic");
        MetaCalls.call(watcher, API + "remove_subscriber", List.of(id, able.session()), Map.of("reason", "a.reason"));
        MetaCalls.expectEvent(watcher, unsubscribed, able.session(), id);
        assertThat(able.expectList()).containsExactly(35L, 0L, Map.of("subscription", id, "reason", "a.reason"));
        MetaCalls.call(watcher, API + "remove_subscriber", id, plain.session());
        MetaCalls.expectEvent(watcher, unsubscribed, plain.session(), id);
        watcher.publish("topic", 1L);
        able.expectNothing();
        plain.expectNothing();
        MetaCalls.expectError(watcher, WampError.NO_SUCH_SUBSCRIPTION, API + "remove_subscriber", id, plain.session());
    }

    @Scenario({"SUBREV-03", "SMETA-01"})
    void removingOthersNeedsARuleOfItsOwn(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        long id = peer.subscribe("topic");
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "remove_subscriber", id, peer.session());
    }

    @Scenario("PSX-PAT-06")
    void patternsMatchTopicsOfTheRouter(Testbed testbed) {
        Peer watcher = testbed.join();
        long all = subscribe(watcher, "wamp.subscription.on_", "prefix");
        Peer peer = testbed.join();
        long id = peer.subscribe("topic");
        assertThat(watcher.expect(Event.class).details().topic()).hasToString("wamp.subscription.on_create");
        MetaCalls.expectEvent(watcher, all, peer.session(), id);
    }

    @Scenario({"SUBMETA-04", "SUBMETA-07"})
    void aLongListIsAnsweredBeforeWhatIsAskedNext(Testbed testbed) {
        Peer peer = testbed.join();
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 1_100; i++) {
            ids.add(peer.subscribe("topic" + i));
        }
        long list = peer.call(API + "list");
        long publication = peer.nextRequest();
        peer.sendList(16, publication, Map.of("acknowledge", true, "exclude_me", false), "topic7");
        Map<?, ?> listed = (Map<?, ?>)
                peer.arguments(peer.expectResult(list).payload()).positional().getFirst();
        assertThat(Set.copyOf((List<?>) listed.get("exact"))).isEqualTo(ids);
        peer.expect(Published.class);
        peer.expect(Event.class);
    }

    private static void expectDescription(Map<?, ?> described, long id, String uri, String match) {
        assertThat(described.get("id")).isEqualTo(id);
        assertThat(described.get("uri")).isEqualTo(uri);
        assertThat(described.get("match")).isEqualTo(match);
        assertThat(String.valueOf(described.get("created")))
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
    }

    private static long subscribe(Peer peer, String pattern, String match) {
        peer.sendList(32, peer.nextRequest(), Map.of("match", match), pattern);
        return (Long) Objects.requireNonNull(peer.expectList().get(2));
    }
}
