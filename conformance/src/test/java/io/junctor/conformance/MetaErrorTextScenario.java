package io.junctor.conformance;

import static io.junctor.conformance.ErrorTexts.expectText;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.StoredEvent;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The texts of errors of the router's own procedures, and of requests that the rules of a realm refuse. */
class MetaErrorTextScenario {
    private static final Map<String, Object> NONE = Map.of();

    @Scenario(value = "SMETA-04", on = Scenario.Where.IN_MEMORY)
    void anArgumentOfTheWrongKindIsNamedWithWhatIsExpected(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.call("wamp.session.get", "1");
        expectText(peer, "wamp.session.get: argument 1 must be an id");
        peer.call("wamp.session.list", "anonymous");
        expectText(peer, "wamp.session.list: argument 1 must be a list of strings");
        peer.call("wamp.registration.lookup", 1L);
        expectText(peer, "wamp.registration.lookup: argument 1 must be a string");
        peer.call("wamp.subscription.lookup", "a", Map.of("match", "suffix"));
        expectText(
                peer,
                "wamp.subscription.lookup: argument 2 must be a dictionary whose match is exact, prefix or wildcard");
        peer.call("wamp.subscription.match", "a..b");
        expectText(peer, "wamp.subscription.match: argument 1 must be a URI");
        peer.call("wamp.session.add_testament", "a", "no list");
        expectText(peer, "wamp.session.add_testament: argument 2 must be a list");
        peer.call("wamp.session.add_testament", "a", List.of(), List.of());
        expectText(peer, "wamp.session.add_testament: argument 3 must be a dictionary");
    }

    @Scenario(value = "SMETA-04", on = Scenario.Where.IN_MEMORY)
    void aKeywordArgumentOfTheWrongKindIsNamed(Testbed testbed) {
        testbed.realms(history());
        Peer peer = testbed.join();
        long id = peer.subscribe("plant.door");
        String get = "wamp.subscription.get_events";
        expectRefused(peer, get, id, Map.of("limit", 0), "the keyword argument limit must be an integer of at least 1");
        expectRefused(peer, get, id, Map.of("reverse", 1), "the keyword argument reverse must be a boolean");
        expectRefused(
                peer, get, id, Map.of("from_publication", 0), "the keyword argument from_publication must be an id");
        expectRefused(peer, get, id, Map.of("topic", "a..b"), "the keyword argument topic must be a URI");
        expectRefused(peer, get, id, Map.of("topic", 1), "the keyword argument topic must be a string");
        expectRefused(
                peer,
                get,
                id,
                Map.of("from_time", "today"),
                "the keyword argument from_time must be a time such as 2026-07-31T12:00:00.000Z (RFC 3339)");
        String add = "wamp.session.add_testament";
        expectRefused(peer, add, "a", Map.of("scope", "x"), "the keyword argument scope must be destroyed or detached");
        expectRefused(
                peer,
                add,
                "a",
                Map.of("publish_options", Map.of("exclude", 1)),
                "the keyword argument publish_options must be options of PUBLISH");
        expectRefused(
                peer,
                add,
                "a",
                Map.of("publish_options", 1),
                "the keyword argument publish_options must be a dictionary");
    }

    private static void expectRefused(
            Peer peer, String procedure, Object argument, Map<String, Object> keywords, String problem) {
        peer.sendList(
                48,
                peer.nextRequest(),
                NONE,
                procedure,
                procedure.endsWith("add_testament") ? List.of(argument, List.of(), NONE) : List.of(argument),
                keywords);
        expectText(peer, procedure + ": " + problem);
    }

    @Scenario(value = "SMETA-04", on = Scenario.Where.IN_MEMORY)
    void anArgumentThatTheRouterCannotReadIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join(Serializer.JSON);
        peer.sendBytes("[48,1,{},\"wamp.session.count\",[1e99999999999]]".getBytes(StandardCharsets.UTF_8));
        expectText(
                peer,
                "wamp.session.count: the arguments cannot be read: argument 0: a number with an exponent out of range"
                        + " cannot be decoded");
    }

    @Scenario(value = "SUBMETA-05", on = Scenario.Where.IN_MEMORY)
    void anEntryThatIsNotHeldOrBelongsToTheRouterIsNamed(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:"), "anna"));
        long other = RestrictedRealms.join(testbed, "anna").session();
        Peer peer = RestrictedRealms.service(testbed);
        long own = peer.subscribe("wamp.session.on_join");
        peer.call("wamp.subscription.get", own);
        expectText(peer, "wamp.session.on_join belongs to the router");
        long id = peer.subscribe("plant.door");
        peer.call("wamp.subscription.remove_subscriber", id, 4717L);
        expectText(peer, "session 4717 holds no subscription with the id " + id);
        peer.sendList(48, peer.nextRequest(), NONE, "wamp.session.kill", List.of(other), Map.of("reason", "a..b"));
        expectText(peer, "the keyword argument reason must be a URI");
    }

    @Scenario(value = "RPC-06", on = Scenario.Where.IN_MEMORY)
    void theRouterSaysThatItFailed(Testbed testbed) {
        testbed.realms(history());
        Peer peer = testbed.join();
        long id = peer.subscribe("plant.door");
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true), "plant.door");
        expectText(peer, "the router failed to handle this request; its log says why");
        peer.call("wamp.subscription.get_events", id);
        expectText(peer, "the router failed to answer this call; its log says why");
    }

    private static RealmConfig history() {
        EventLog broken = new EventLog() {
            @Override
            public CompletionStage<Void> append(StoredEvent event) {
                throw new IllegalStateException("this log is full");
            }

            @Override
            public CompletionStage<EventPage> read(EventQuery query) {
                throw new CompletionException("this log is broken", null);
            }
        };
        return RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT
                        .withHistory(new HistoryTopic(
                                new Uri("plant.door"), MatchPolicy.EXACT, 10, Duration.ofHours(1), 1 << 20))
                        .withLogs((realm, topic) -> broken))
                .build();
    }

    @Scenario(
            value = {"PPT-02", "PPT-03"},
            on = Scenario.Where.IN_MEMORY)
    void encryptedPayloadWhereItCannotBeIsTold(Testbed testbed) {
        testbed.requireOwnRouter();
        Set<Feature> passthru = Set.of(Feature.PAYLOAD_PASSTHRU_MODE);
        Peer peer =
                testbed.join(new Roles(Map.of(Role.CALLER, passthru, Role.PUBLISHER, passthru, Role.CALLEE, passthru)));
        Map<String, Object> sealed = Map.of("ppt_scheme", "x_scheme");
        peer.sendList(48, peer.nextRequest(), sealed, "wamp.session.count", List.of((Object) new byte[1]));
        expectText(peer, "wamp.session.count: the router's own procedures read their arguments: no ppt_scheme");
        peer.sendList(48, peer.nextRequest(), sealed, "plant.door", List.of(1L, 2L));
        expectText(peer, "with ppt_scheme there must be one argument, and none with a keyword");
        peer.register("plant.door");
        Peer caller = testbed.join(new Roles(Map.of(Role.CALLER, passthru)));
        caller.call("plant.door");
        peer.sendList(70, peer.expect(Invocation.class).request(), sealed, List.of(1L, 2L));
        expectText(
                caller,
                "plant.door: the callee's result cannot be passed on: with ppt_scheme there must be one argument, and none"
                        + " with a keyword");
    }

    @Scenario(value = "AUTHZ-02", on = Scenario.Where.IN_MEMORY)
    void aRegistrationThatReplacesAnotherIsNamedSo(Testbed testbed) {
        Rule register = new Rule(new Uri("plant.lamp"), MatchPolicy.EXACT, Set.of(Action.REGISTER), true);
        testbed.realms(RestrictedRealms.realm(new RoleConfig(List.of(register)), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.sendList(64, anna.nextRequest(), Map.of("force_reregister", true), "plant.lamp");
        expectText(
                anna,
                "the permissions of this session's role do not allow it to register and replace (force_reregister)"
                        + " plant.lamp");
    }

    @Scenario(value = "URI-02", on = Scenario.Where.IN_MEMORY)
    void aStrictRealmNamesItsRuleForUris(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .uris(UriRules.STRICT)
                .build());
        Peer peer = testbed.join();
        peer.call("Plant.door");
        expectText(
                peer, "call Plant.door: not a valid URI: this realm allows parts of 0-9, a-z and _ only, none empty");
    }
}
