package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;

/** Sections 10.7, 14 and 16: features that the router does not offer are ignored or refused. */
class NotOfferedScenario {
    @Scenario("RPC-SHARD-01")
    void theOptionsOfPartitionedCallsAreIgnoredAndNotAnnounced(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.connect();
        Roles announced = callee.join(Testbed.REALM).details().roles();
        assertThat(announced.has(Role.DEALER, Feature.SHARDED_REGISTRATION)).isFalse();
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.sendList(48, caller.nextRequest(), Map.of("runmode", "partition", "rkey", "a"), "procedure");
        assertThat(callee.expect(Invocation.class).details().toDict().isEmpty()).isTrue();
        caller.leave();
    }

    @Scenario("PPT-10")
    void theOlderPayloadTransparencyIsAViolation(Testbed testbed) {
        Peer peer = testbed.join();
        Map<String, Object> options =
                Map.of("enc_algo", "cryptobox", "enc_serializer", "json", "enc_key", "k", "acknowledge", true);
        peer.sendList(16, peer.nextRequest(), options, "topic", new byte[] {1, 2, 3});
        peer.expectViolation();
    }

    @Scenario("R2R-02")
    void forwardForIsReadAndHasNoEffect(Testbed testbed) {
        Peer peer = testbed.join();
        long subscription = peer.subscribe("topic");
        List<Object> chain = List.of(Map.of("session", 7, "authid", "root", "authrole", "admin"));
        Map<String, Object> options =
                Map.of("forward_for", chain, "disclose_me", true, "exclude_me", false, "acknowledge", true);
        peer.sendList(16, peer.nextRequest(), options, "topic");
        peer.expect(Published.class);
        Event event = peer.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(subscription);
        assertThat(event.details().toDict().toString()).doesNotContain("root").doesNotContain("admin");
    }

    @Scenario("R2R-02")
    void forwardForWithWrongTypesIsAViolation(Testbed testbed) {
        List<Object> wrong = List.of(
                "root",
                List.of("root"),
                List.of(Map.of("session", "7", "authid", "root", "authrole", "admin")),
                List.of(Map.of("session", 7, "authid", 1, "authrole", "admin")));
        for (Object chain : wrong) {
            Peer peer = testbed.join();
            peer.sendList(16, peer.nextRequest(), Map.of("forward_for", chain), "topic");
            peer.expectViolation();
        }
    }

    @Scenario("IDL-01")
    void reflectionIsNotOffered(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", Map.of())));
        Map<?, ?> welcome = (Map<?, ?>) peer.expectList().get(2);
        assertThat(String.valueOf(welcome.get("roles"))).contains("features").doesNotContain("reflection");
        for (String procedure : List.of("wamp.reflection.topic.list", "wamp.reflect.describe")) {
            long request = peer.call(procedure);
            peer.expectError(48, request, WampError.NO_SUCH_PROCEDURE);
        }
    }
}
