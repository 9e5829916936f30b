package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventLogs;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.StoredEvent;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Section 9.3: event history. */
class HistoryScenario {
    private static final String GET = "wamp.subscription.get_events";

    @Scenario({"PSX-HIST-01", "PSX-HIST-02"})
    void aPublicationIsInTheHistoryOfEachSubscriptionItMatches(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT.withHistory(
                        topic("plant.state", MatchPolicy.EXACT),
                        topic("plant.", MatchPolicy.PREFIX),
                        topic(".state", MatchPolicy.WILDCARD)))
                .build());
        Peer peer = testbed.connect();
        assertThat(peer.join(Testbed.REALM).details().roles().has(Role.BROKER, Feature.EVENT_HISTORY))
                .isTrue();
        long first = peer.publish("plant.state", 1L);
        long second = peer.publish("plant.door", 2L);
        long third = peer.publish("plant.state", 3L);
        peer.publish("elsewhere", 4L);
        assertThat(publications(peer, lookup(peer, "plant.state", "exact"), Map.of()))
                .containsExactly(first, third);
        assertThat(publications(peer, lookup(peer, "plant.", "prefix"), Map.of()))
                .containsExactly(first, second, third);
        assertThat(publications(peer, lookup(peer, ".state", "wildcard"), Map.of()))
                .containsExactly(first, third);
    }

    @Scenario({"PSX-HIST-01", "FEAT-02"})
    void historyIsAnnouncedOnlyWithTopicsThatHaveIt(Testbed testbed) {
        testbed.realms(
                RealmConfig.open(Testbed.REALM),
                RealmConfig.open(Testbed.OTHER_REALM).toBuilder()
                        .features(RealmFeatures.DEFAULT
                                .withHistory(topic("topic", MatchPolicy.EXACT))
                                .without(Feature.EVENT_HISTORY))
                        .build());
        for (String realm : List.of(Testbed.REALM, Testbed.OTHER_REALM)) {
            Peer peer = testbed.connect();
            assertThat(peer.join(realm).details().roles().has(Role.BROKER, Feature.EVENT_HISTORY))
                    .isFalse();
            MetaCalls.expectError(peer, WampError.HISTORY_UNAVAILABLE, GET, peer.subscribe("topic"));
        }
    }

    @Scenario({"PSX-HIST-02", "SUBMETA-01", "SUBMETA-02"})
    void subscriptionsWithHistoryExistFromTheStartAndStay(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer watcher = testbed.join();
        long subscription = lookup(watcher, "topic", "exact");
        assertThat(MetaCalls.call(watcher, "wamp.subscription.count_subscribers", subscription))
                .containsExactly(0L);
        assertThat(MetaCalls.call(watcher, "wamp.subscription.list"))
                .containsExactly(Map.of("exact", List.of(subscription), "prefix", List.of(), "wildcard", List.of()));
        Peer peer = testbed.join();
        long session = peer.session();
        watcher.subscribe("wamp.subscription.on_create");
        watcher.subscribe("wamp.subscription.on_delete");
        long subscribed = watcher.subscribe("wamp.subscription.on_subscribe");
        long unsubscribed = watcher.subscribe("wamp.subscription.on_unsubscribe");
        assertThat(peer.subscribe("topic")).isEqualTo(subscription);
        MetaCalls.expectEvent(watcher, subscribed, session, subscription);
        peer.leave();
        MetaCalls.expectEvent(watcher, unsubscribed, session, subscription);
        assertThat(lookup(watcher, "topic", "exact")).isEqualTo(subscription);
        watcher.expectNothing();
    }

    @Scenario("PSX-HIST-02")
    void theOldestEventsAreRemovedOverALimit(Testbed testbed) {
        testbed.realms(realm(
                new HistoryTopic(new Uri("few"), MatchPolicy.EXACT, 2, Duration.ofHours(1), 1 << 20),
                new HistoryTopic(new Uri("young"), MatchPolicy.EXACT, 100, Duration.ofSeconds(3), 1 << 20),
                new HistoryTopic(new Uri("small"), MatchPolicy.EXACT, 100, Duration.ofHours(1), 5_000)));
        Peer peer = testbed.join();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            testbed.clock().advance(Duration.ofSeconds(2));
            ids.add(peer.publish("few"));
            ids.add(peer.publish("young"));
            ids.add(peer.publish("small", "x".repeat(1_500)));
        }
        assertThat(publications(peer, lookup(peer, "few", "exact"), Map.of())).containsExactly(ids.get(3), ids.get(6));
        assertThat(publications(peer, lookup(peer, "young", "exact"), Map.of()))
                .containsExactly(ids.get(4), ids.get(7));
        assertThat(publications(peer, lookup(peer, "small", "exact"), Map.of()))
                .containsExactly(ids.get(5), ids.get(8));
        testbed.clock().advance(Duration.ofSeconds(4));
        assertThat(publications(peer, lookup(peer, "young", "exact"), Map.of())).isEmpty();
    }

    @Scenario({"PSX-HIST-03", "PSX-HIST-04"})
    void timestampsLimitTheReturnedEvents(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        List<Long> ids = publishEverySecond(testbed, peer, 5);
        // The clock begins at one second, and each publication comes a second after the one before.
        assertThat(publications(peer, subscription, Map.of("from_time", "1970-01-01T00:00:03Z")))
                .isEqualTo(ids.subList(1, 5));
        assertThat(publications(peer, subscription, Map.of("after_time", "1970-01-01T00:00:03.000Z")))
                .isEqualTo(ids.subList(2, 5));
        assertThat(publications(peer, subscription, Map.of("before_time", "1970-01-01T01:00:04+01:00")))
                .isEqualTo(ids.subList(0, 2));
        assertThat(publications(peer, subscription, Map.of("until_time", "1969-12-31T23:30:04-00:30")))
                .isEqualTo(ids.subList(0, 3));
        Map<String, Object> all = Map.of(
                "from_time", "1970-01-01T00:00:03Z",
                "after_time", "1970-01-01T00:00:03Z",
                "before_time", "1970-01-01T00:00:06Z",
                "until_time", "1970-01-01T00:00:05Z",
                "from_publication", ids.get(3));
        assertThat(publications(peer, subscription, all)).containsExactly(ids.get(3));
    }

    @Scenario({"PSX-HIST-03", "PSX-HIST-05"})
    void publicationIdsLimitTheReturnedEvents(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        List<Long> ids = publishEverySecond(testbed, peer, 5);
        assertThat(publications(peer, subscription, Map.of("from_publication", ids.get(3))))
                .isEqualTo(ids.subList(3, 5));
        assertThat(publications(peer, subscription, Map.of("after_publication", ids.get(3))))
                .isEqualTo(ids.subList(4, 5));
        assertThat(publications(peer, subscription, Map.of("before_publication", ids.get(1))))
                .isEqualTo(ids.subList(0, 1));
        assertThat(publications(peer, subscription, Map.of("until_publication", ids.get(1))))
                .isEqualTo(ids.subList(0, 2));
        assertThat(publications(
                        peer,
                        subscription,
                        Map.of("after_publication", ids.get(0), "until_publication", ids.get(3), "reverse", true)))
                .containsExactly(ids.get(3), ids.get(2), ids.get(1));
        long unknown = peer.publish("elsewhere");
        for (String bound : List.of("from", "after", "before", "until")) {
            assertThat(publications(peer, subscription, Map.of(bound + "_publication", unknown)))
                    .isEmpty();
        }
    }

    @Scenario("PSX-HIST-06")
    void pagingWorksBothWays(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        List<Long> ids = publishEverySecond(testbed, peer, 5);
        List<Long> walked = new ArrayList<>(publications(peer, subscription, Map.of("limit", 2)));
        assertThat(walked).isEqualTo(ids.subList(0, 2));
        walked.addAll(publications(peer, subscription, Map.of("limit", 2, "after_publication", walked.getLast())));
        walked.addAll(publications(peer, subscription, Map.of("limit", 2, "after_publication", walked.getLast())));
        assertThat(walked).isEqualTo(ids);
        List<Long> back = new ArrayList<>(publications(peer, subscription, Map.of("limit", 3, "reverse", true)));
        back.addAll(publications(
                peer, subscription, Map.of("limit", 3, "reverse", true, "before_publication", back.getLast())));
        assertThat(back.reversed()).isEqualTo(ids);
    }

    @Scenario({"PSX-HIST-06", "PSX-HIST-09"})
    void anAnswerIsLimitedAndSaysThatTheLimitIsReached(Testbed testbed) {
        RealmLimits.Kept any = RealmLimits.Kept.DEFAULT;
        RealmLimits few = RealmLimits.DEFAULT.withKept(new RealmLimits.Kept(
                any.retainedEvents(), any.retainedEventsPerTopic(), any.retainedBytes(), 3, 10_000));
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT), topic("large", MatchPolicy.EXACT)).toBuilder()
                .limits(few)
                .build());
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        assertThat(ask(peer, subscription, Map.of())).isEqualTo(Arguments.of(List.of()));
        List<Long> ids = publishEverySecond(testbed, peer, 3);
        assertThat(ask(peer, subscription, Map.of("limit", 100)).keywords()).isEmpty();
        peer.publish("topic");
        assertThat(publications(peer, subscription, Map.of("limit", 100))).isEqualTo(ids);
        assertThat(ask(peer, subscription, Map.of()).keywords()).isEqualTo(Map.of("is_limit_reached", true));
        assertThat(ask(peer, subscription, Map.of("limit", 2)).keywords()).isEqualTo(Map.of("is_limit_reached", true));
        long large = lookup(peer, "large", "exact");
        for (int i = 0; i < 3; i++) {
            peer.publish("large", "x".repeat(i == 2 ? 20_000 : 6_000));
        }
        assertThat(publications(peer, large, Map.of())).hasSize(1);
        assertThat(publications(peer, large, Map.of("reverse", true))).hasSize(1);
    }

    @Scenario("PSX-HIST-07")
    void historyOfAPatternMayBeLimitedToOneTopic(Testbed testbed) {
        testbed.realms(realm(topic("plant.", MatchPolicy.PREFIX)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "plant.", "prefix");
        peer.publish("plant.door");
        long state = peer.publish("plant.state");
        assertThat(publications(peer, subscription, Map.of("topic", "plant.state")))
                .containsExactly(state);
        assertThat(publications(peer, subscription, Map.of("topic", "plant.sta")))
                .isEmpty();
    }

    @Scenario({"PSX-HIST-08", "PSX-HIST-09"})
    void historyReturnsAnEventAsSubscribersGotIt(Testbed testbed) {
        testbed.realms(realm(topic("plant.", MatchPolicy.PREFIX), topic("plant.state", MatchPolicy.EXACT)));
        Peer publisher = testbed.join();
        Peer subscriber = testbed.join();
        long subscription = subscriber.subscribe("plant.state");
        publisher.sendList(
                16,
                publisher.nextRequest(),
                Map.of("disclose_me", true),
                "plant.state",
                List.of(1L, "two", List.of(3.5)),
                Map.of("four", true));
        Event event = subscriber.expect(Event.class);
        Map<String, Object> details = Map.copyOf(event.details().toDict().entries());
        assertThat(details).containsEntry("publisher", publisher.session());
        Map<String, Object> told = new HashMap<>(Map.of(
                "timestamp",
                "1970-01-01T00:00:01.000Z",
                "subscription",
                subscription,
                "publication",
                event.publication(),
                "details",
                details,
                "args",
                List.of(1L, "two", List.of(3.5)),
                "kwargs",
                Map.of("four", true)));
        assertThat(ask(subscriber, subscription, Map.of()).positional()).isEqualTo(List.of(List.of(told)));
        publisher.publish("plant.other");
        Map<?, ?> bare = events(subscriber, lookup(subscriber, "plant.", "prefix"), Map.of("reverse", true))
                .getFirst();
        assertThat(bare.get("details")).isEqualTo(Map.of("topic", "plant.other"));
        assertThat(bare.containsKey("args") || bare.containsKey("kwargs")).isFalse();
    }

    @Scenario({"PSX-HIST-08", "SER-08", "SER-09"})
    void eachSessionReadsHistoryInItsOwnSerialization(Testbed testbed) {
        testbed.requireOwnRouter();
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        byte[] octets = {1, 2, 3};
        for (Serializer one : Serializer.values()) {
            testbed.join(one).publish("topic", octets, 2.0, "ü", Map.of("k", List.of()));
        }
        Peer binary = testbed.join(Serializer.CBOR);
        binary.publish("topic", Double.POSITIVE_INFINITY);
        for (Serializer other : Serializer.values()) {
            Peer reader = testbed.join(other);
            List<Map<?, ?>> events = events(reader, lookup(reader, "topic", "exact"), Map.of());
            // Infinity has no form in JSON: that event is left out.
            assertThat(events).hasSize(other == Serializer.JSON ? 3 : 4);
            for (Map<?, ?> event : events.subList(0, 3)) {
                List<?> arguments = (List<?>) Objects.requireNonNull(event.get("args"));
                assertThat((byte[]) arguments.get(0)).isEqualTo(octets);
                assertThat(arguments.subList(1, 4)).isEqualTo(List.of(2.0, "ü", Map.of("k", List.of())));
            }
        }
    }

    @Scenario("PSX-HIST-10")
    void readingHistoryNeedsThePermissionToSubscribe(Testbed testbed) {
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri("wamp."), MatchPolicy.PREFIX, EnumSet.of(Action.CALL), true),
                new Rule(new Uri(""), MatchPolicy.PREFIX, EnumSet.of(Action.PUBLISH), true),
                new Rule(new Uri("plant.state"), MatchPolicy.EXACT, EnumSet.of(Action.SUBSCRIBE), true)));
        testbed.realms(RestrictedRealms.realm(role, "anna").toBuilder()
                .features(RealmFeatures.DEFAULT.withHistory(
                        topic("plant.", MatchPolicy.PREFIX), topic("plant.state", MatchPolicy.EXACT)))
                .build());
        Peer service = RestrictedRealms.service(testbed);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long publication = anna.publish("plant.state");
        anna.publish("plant.door");
        assertThat(publications(anna, lookup(anna, "plant.state", "exact"), Map.of()))
                .containsExactly(publication);
        long prefix = lookup(service, "plant.", "prefix");
        expectError(anna, WampError.NO_SUCH_SUBSCRIPTION, prefix, Map.of());
        expectError(anna, WampError.NO_SUCH_SUBSCRIPTION, prefix, Map.of("topic", "plant.door"));
        long hidden = service.subscribe("hidden.topic");
        expectError(anna, WampError.NO_SUCH_SUBSCRIPTION, hidden, Map.of());
        expectError(anna, WampError.NO_SUCH_SUBSCRIPTION, hidden, Map.of("topic", "plant.state"));
        long state = lookup(anna, "plant.state", "exact");
        expectError(anna, WampError.NOT_AUTHORIZED, state, Map.of("topic", "plant.door"));
        assertThat(publications(anna, prefix, Map.of("topic", "plant.state"))).containsExactly(publication);
    }

    @Scenario("PSX-HIST-10")
    void askingNeedsARuleForTheCall(Testbed testbed) {
        RoleConfig role =
                new RoleConfig(List.of(new Rule(new Uri(""), MatchPolicy.PREFIX, EnumSet.of(Action.SUBSCRIBE), true)));
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)).toBuilder()
                .role("anonymous", role)
                .build());
        Peer peer = testbed.join();
        expectError(peer, WampError.NOT_AUTHORIZED, peer.subscribe("topic"), Map.of());
    }

    @Scenario("PSX-HIST-11")
    void receiverListsApplyToReadersOfHistory(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer publisher = testbed.join();
        Peer reader = testbed.connect();
        String authid = reader.join(Testbed.REALM).details().identity().authid();
        long subscription = lookup(reader, "topic", "exact");
        publish(publisher, Map.of("eligible", List.of(reader.session())));
        publish(publisher, Map.of("exclude", List.of(publisher.session())));
        long emptyExclude = publish(publisher, Map.of("exclude", List.of()));
        long forReader = publish(publisher, Map.of("eligible_authid", List.of(authid)));
        long notForReader = publish(publisher, Map.of("exclude_authid", List.of(authid)));
        long forRole = publish(publisher, Map.of("eligible_authrole", List.of("anonymous")));
        publish(publisher, Map.of("exclude_authrole", List.of("anonymous")));
        publish(publisher, Map.of("eligible_authid", List.of()));
        assertThat(publications(reader, subscription, Map.of())).containsExactly(emptyExclude, forReader, forRole);
        assertThat(publications(publisher, subscription, Map.of()))
                .containsExactly(emptyExclude, notForReader, forRole);
        assertThat(publications(reader, subscription, Map.of("limit", 2, "reverse", true)))
                .containsExactly(forRole, forReader);
    }

    @Scenario("PSX-HIST-12")
    void invalidArgumentsOfGetEventsAreRefused(Testbed testbed) {
        testbed.realms(realm(topic("topic", MatchPolicy.EXACT)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        Map<String, List<Object>> bad = Map.of(
                "reverse", List.of(1, "true"),
                "limit", List.of(0, -1, "1", 1.5),
                "from_time", List.of("yesterday", "2026-11-21", "2026-11-21T12:00:00", 5),
                "until_time", List.of("2026-13-01T00:00:00Z"),
                "topic", List.of("no topic", 7),
                "after_publication", List.of(0, "1"));
        bad.forEach((key, values) -> values.forEach(
                value -> expectError(peer, WampError.INVALID_ARGUMENT, subscription, Map.of(key, value))));
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, GET);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, GET, "topic");
        MetaCalls.expectError(peer, WampError.NO_SUCH_SUBSCRIPTION, GET, 1L);
        MetaCalls.expectError(peer, WampError.HISTORY_UNAVAILABLE, GET, peer.subscribe("other"));
    }

    @Scenario("PSX-HIST-01")
    void theNextRequestIsAnsweredAfterTheHistory(Testbed testbed) {
        testbed.realms(
                realm(new HistoryTopic(new Uri("topic"), MatchPolicy.EXACT, 10_000, Duration.ofHours(1), 64 << 20)));
        Peer peer = testbed.join();
        long subscription = lookup(peer, "topic", "exact");
        for (int i = 0; i < 2_500; i++) {
            peer.publishUnacknowledged("topic", i);
        }
        long last = peer.publish("topic");
        long first = peer.nextRequest();
        peer.sendList(48, first, Map.of(), GET, List.of(subscription), Map.of("from_publication", last));
        long second = peer.call("wamp.session.count");
        peer.expectResult(first);
        peer.expectResult(second);
    }

    @Scenario("PSX-HIST-01")
    void aProgramMaySupplyTheEventLog(Testbed testbed) {
        List<StoredEvent> kept = new CopyOnWriteArrayList<>();
        testbed.realms(keptBy((realm, topic) -> new EventLog() {
            @Override
            public CompletionStage<Void> append(StoredEvent event) {
                kept.add(event);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<EventPage> read(EventQuery query) {
                return CompletableFuture.supplyAsync(() -> new EventPage(List.copyOf(kept), false));
            }

            @Override
            public boolean isShared() {
                return true;
            }
        }));
        Peer peer = testbed.join();
        long first = peer.publish("topic", 1L);
        long second = peer.publish("topic", 2L);
        assertThat(publications(peer, lookup(peer, "topic", "exact"), Map.of())).containsExactly(first, second);
        assertThat(kept).extracting(StoredEvent::publication).containsExactly(first, second);
    }

    @Scenario("PSX-HIST-01")
    void anEventLogThatDoesNotAnswerDelaysTheReaderForFiveSeconds(Testbed testbed) {
        CompletableFuture<EventPage> never = new CompletableFuture<>();
        CompletableFuture<EventQuery> asked = new CompletableFuture<>();
        testbed.realms(keptBy((realm, topic) -> new EventLog() {
            @Override
            public CompletionStage<Void> append(StoredEvent event) {
                throw new IllegalStateException("this log is full");
            }

            @Override
            public CompletionStage<EventPage> read(EventQuery query) {
                asked.complete(query);
                return never;
            }
        }));
        Peer peer = testbed.join();
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        long subscription = lookup(peer, "topic", "exact");
        peer.expectError(16, RestrictedRealms.ask(peer, 16, "topic"), WampError.RUNTIME_ERROR);
        long request = peer.nextRequest();
        peer.sendList(48, request, Map.of(), GET, List.of(subscription));
        asked.join();
        testbed.clock().advance(Duration.ofSeconds(5));
        peer.expectError(48, request, WampError.RUNTIME_ERROR);
        subscriber.expectNothing();
        peer.publish("other");
    }

    private static RealmConfig keptBy(EventLogs logs) {
        return RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT
                        .withHistory(topic("topic", MatchPolicy.EXACT))
                        .withLogs(logs))
                .build();
    }

    private static RealmConfig realm(HistoryTopic... topics) {
        return RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT.withHistory(topics))
                .build();
    }

    private static HistoryTopic topic(String uri, MatchPolicy match) {
        return new HistoryTopic(new Uri(uri), match, 100, Duration.ofHours(1), 1 << 20);
    }

    private static List<Long> publishEverySecond(Testbed testbed, Peer peer, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            testbed.clock().advance(Duration.ofSeconds(1));
            ids.add(peer.publish("topic", i));
        }
        return ids;
    }

    private static long publish(Peer publisher, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("acknowledge", true);
        publisher.sendList(16, publisher.nextRequest(), all, "topic");
        return publisher.expect(Published.class).publication();
    }

    private static long lookup(Peer peer, String topic, String match) {
        return (Long)
                Objects.requireNonNull(MetaCalls.call(peer, "wamp.subscription.lookup", topic, Map.of("match", match))
                        .get(0));
    }

    private static Arguments ask(Peer peer, long subscription, Map<String, ?> conditions) {
        long request = peer.nextRequest();
        peer.sendList(48, request, Map.of(), GET, List.of(subscription), conditions);
        return peer.arguments(peer.expectResult(request).payload());
    }

    private static List<Map<?, ?>> events(Peer peer, long subscription, Map<String, ?> conditions) {
        List<Map<?, ?>> events = new ArrayList<>();
        for (Object event : (List<?>) Objects.requireNonNull(
                ask(peer, subscription, conditions).positional().get(0))) {
            events.add((Map<?, ?>) event);
        }
        return events;
    }

    private static List<Long> publications(Peer peer, long subscription, Map<String, ?> conditions) {
        return events(peer, subscription, conditions).stream()
                .map(event -> (Long) event.get("publication"))
                .toList();
    }

    private static void expectError(Peer peer, WampError error, long subscription, Map<String, ?> conditions) {
        long request = peer.nextRequest();
        peer.sendList(48, request, Map.of(), GET, List.of(subscription), conditions);
        peer.expectError(48, request, error);
    }
}
