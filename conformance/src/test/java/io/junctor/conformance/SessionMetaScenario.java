package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Section 11: the session meta API. */
class SessionMetaScenario {
    private static final String API = "wamp.session.";

    @Scenario("SMETA-01")
    void bothRolesAnnounceItAndKillingIsDeniedByDefault(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        Welcome welcome = peer.join(Testbed.REALM);
        for (Role role : Role.ROUTER) {
            assertThat(welcome.details().roles().has(role, Feature.SESSION_META_API))
                    .isTrue();
        }
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "kill", 1L);
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "kill_by_authid", "a");
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "kill_by_authrole", "a");
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "kill_all");
    }

    @Scenario({"SMETA-02", "SMETA-05"})
    void onJoinAndOnLeaveArePublished(Testbed testbed) {
        Peer watcher = testbed.join();
        long joins = watcher.subscribe(API + "on_join");
        long leaves = watcher.subscribe(API + "on_leave");
        Peer peer = testbed.connect();
        Identity identity = peer.join(Testbed.REALM).details().identity();
        Event joined = watcher.expect(Event.class);
        assertThat(joined.subscription()).isEqualTo(joins);
        assertThat(watcher.arguments(joined.payload()).positional()).containsExactly(described(peer, identity));
        long session = peer.session();
        peer.leave();
        MetaCalls.expectEvent(watcher, leaves, session, identity.authid(), identity.authrole());
        watcher.expectNothing();
    }

    @Scenario("SMETA-03")
    void sessionsAreCountedAndListedByRole(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer one = testbed.join();
        Peer other = testbed.join();
        testbed.joinRealm(Testbed.OTHER_REALM);
        assertThat(MetaCalls.call(one, API + "count")).containsExactly(2L);
        assertThat(MetaCalls.call(one, API + "count", List.of("x", "anonymous")))
                .containsExactly(2L);
        assertThat(MetaCalls.call(one, API + "count", List.of())).containsExactly(0L);
        assertThat(MetaCalls.call(one, API + "count", (Object) null)).containsExactly(2L);
        assertThat((List<?>) MetaCalls.call(one, API + "list").get(0))
                .hasSize(2)
                .allMatch(id -> List.of(one.session(), other.session()).contains(id));
        assertThat(MetaCalls.call(one, API + "list", List.of("x"))).isEqualTo(List.of(List.of()));
        MetaCalls.expectError(one, WampError.INVALID_ARGUMENT, API + "list", "anonymous");
        MetaCalls.expectError(one, WampError.INVALID_ARGUMENT, API + "count", List.of(1L));
    }

    @Scenario("SMETA-04")
    void aSessionIsDescribed(Testbed testbed) {
        Peer one = testbed.join();
        Peer other = testbed.connect();
        Identity identity = other.join(Testbed.REALM).details().identity();
        assertThat(MetaCalls.call(one, API + "get", other.session())).containsExactly(described(other, identity));
        // Some clients write ids of more than 32 bits in this form.
        assertThat(MetaCalls.call(one, API + "get", (double) other.session()))
                .containsExactly(described(other, identity));
        MetaCalls.expectError(one, WampError.INVALID_ARGUMENT, API + "get", 1.5);
        MetaCalls.expectError(one, WampError.NO_SUCH_SESSION, API + "get", 1L);
        MetaCalls.expectError(one, WampError.INVALID_ARGUMENT, API + "get", "1");
    }

    @Scenario({"SMETA-04", "SMETA-05"})
    void transportDetailsAreSentOnlyToRolesThatMaySeeThem(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:").seeingTransports(), "anna"));
        Peer operator = RestrictedRealms.join(testbed, "anna");
        Peer other = testbed.connect();
        Map<String, Object> roles = Map.of("caller", Map.of());
        other.sendList(1, Testbed.REALM, Map.of("roles", roles, "agent", "a".repeat(300)));
        Identity identity = other.expectWelcome().details().identity();
        Map<?, ?> told = (Map<?, ?>)
                MetaCalls.call(operator, API + "get", other.session()).getFirst();
        Map<String, Object> expected = new HashMap<>(described(other, identity));
        expected.put("agent", "a".repeat(257));
        Map<?, ?> transport = (Map<?, ?>) Objects.requireNonNull(told.get("transport"));
        expected.put("transport", transport);
        assertThat(told).isEqualTo(expected);
        // A long-poll client may receive by a stream of events.
        assertThat(String.valueOf(transport.get("protocol")).replace("eventstream", "longpoll"))
                .isEqualTo(testbed.protocol());
        assertThat(transport.get("serializer"))
                .isEqualTo(other.serializer().name().toLowerCase(Locale.ROOT));
        assertThat(String.valueOf(transport.get("peer"))).isNotBlank();
        assertThat(transport).hasSize(3);
        assertThat(MetaCalls.call(other, API + "get", operator.session()).toString())
                .doesNotContain("transport")
                .doesNotContain("agent");
    }

    @Scenario({"SMETA-06", "SMETA-09", "ORD-08"})
    void aKilledSessionGetsTheReasonAndOnLeaveIsPublished(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer killer = testbed.join();
        long leaves = killer.subscribe(API + "on_leave");
        Peer first = testbed.join();
        Peer second = testbed.join();
        long firstId = first.session();
        long secondId = second.session();
        MetaCalls.call(killer, API + "kill", List.of(firstId), Map.of("reason", "a.reason", "message", "so it is"));
        assertThat(first.expectList()).containsExactly(6L, Map.of("message", "so it is"), "a.reason");
        first.answerGoodbye();
        assertThat(killer.expectEvent(leaves)).startsWith(firstId);
        MetaCalls.call(killer, API + "kill", secondId);
        assertThat(second.expectList()).containsExactly(6L, Map.of(), "wamp.close.killed");
        second.answerGoodbye();
        assertThat(killer.expectEvent(leaves)).startsWith(secondId);
        MetaCalls.expectError(killer, WampError.NO_SUCH_SESSION, API + "kill", secondId);
        MetaCalls.expectError(killer, WampError.NO_SUCH_SESSION, API + "kill", killer.session());
    }

    @Scenario("SMETA-07")
    void aReasonHasToBeAUri(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer killer = testbed.join();
        Peer peer = testbed.join();
        Map<String, String> bad = Map.of("reason", "no uri");
        Map<String, List<Object>> calls = Map.of(
                "kill", List.of(peer.session()),
                "kill_by_authid", List.of("a"),
                "kill_by_authrole", List.of("anonymous"),
                "kill_all", List.of());
        calls.forEach((procedure, arguments) -> {
            long request = killer.nextRequest();
            killer.sendList(48, request, Map.of(), API + procedure, arguments, bad);
            killer.expectError(48, request, WampError.INVALID_URI);
        });
        peer.expectNothing();
    }

    @Scenario("SMETA-08")
    void sessionsAreKilledByAuthidAndRoleButNeverTheCaller(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer killer = testbed.join();
        Peer first = testbed.connect();
        String authid = first.join(Testbed.REALM).details().identity().authid();
        Peer second = testbed.join();
        assertThat(MetaCalls.call(killer, API + "kill_by_authid", authid)).containsExactly(List.of(first.session()));
        first.expect(Goodbye.class);
        first.answerGoodbye();
        second.expectNothing();
        assertThat(MetaCalls.call(killer, API + "kill_by_authrole", "nobody")).containsExactly(0L);
        assertThat(MetaCalls.call(killer, API + "kill_by_authrole", "anonymous"))
                .containsExactly(1L);
        second.expect(Goodbye.class);
        second.answerGoodbye();
        killer.expectNothing();
    }

    @Scenario({"SMETA-08", "SMETA-09"})
    void killingAllSessionsPublishesNoLeaveEvents(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer killer = testbed.join();
        killer.subscribe(API + "on_leave");
        List<Peer> peers = List.of(testbed.join(), testbed.join());
        assertThat(MetaCalls.call(killer, API + "kill_all")).containsExactly(2L);
        for (Peer peer : peers) {
            assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.KILLED.uri());
            peer.answerGoodbye();
        }
        killer.expectNothing();
        assertThat(MetaCalls.call(killer, API + "count")).containsExactly(1L);
    }

    @Scenario("SMETA-10")
    void aKilledPeerThatDoesNotAnswerIsDropped(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer killer = testbed.join();
        Peer peer = testbed.join();
        MetaCalls.call(killer, API + "kill", peer.session());
        peer.expect(Goodbye.class);
        testbed.clock().advance(Duration.ofSeconds(6));
        peer.expectClosed();
    }

    @Scenario("RPC-04")
    void anUnknownProcedureOfTheRouterDoesNotExist(Testbed testbed) {
        MetaCalls.expectError(testbed.join(), WampError.NO_SUCH_PROCEDURE, "wamp.session.no_such");
    }

    private static Map<String, Object> described(Peer peer, Identity identity) {
        return Map.of(
                "session", peer.session(),
                "authid", Objects.requireNonNull(identity.authid()),
                "authrole", Objects.requireNonNull(identity.authrole()),
                "authmethod", Objects.requireNonNull(identity.authmethod()),
                "authprovider", Objects.requireNonNull(identity.authprovider()));
    }
}
