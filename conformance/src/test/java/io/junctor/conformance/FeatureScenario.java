package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 4: roles and features. */
class FeatureScenario {
    @Scenario({"FEAT-01", "FEAT-02"})
    void theRouterAnnouncesBothRolesAndOnlyFeaturesThatItHas(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = hello(testbed, Map.of("caller", Map.of()));
        Map<?, ?> details = (Map<?, ?>) peer.expectList().get(2);
        assertThat(details.get("roles"))
                .isEqualTo(Map.of(
                        "broker",
                        features(
                                "event_retention",
                                "pattern_based_subscription",
                                "payload_passthru_mode",
                                "publisher_exclusion",
                                "publisher_identification",
                                "session_meta_api",
                                "subscriber_blackwhite_listing",
                                "subscription_meta_api",
                                "subscription_revocation"),
                        "dealer",
                        features(
                                "call_canceling",
                                "call_reroute",
                                "call_timeout",
                                "caller_identification",
                                "pattern_based_registration",
                                "payload_passthru_mode",
                                "progressive_call_invocations",
                                "progressive_call_results",
                                "registration_meta_api",
                                "registration_revocation",
                                "session_meta_api",
                                "shared_registration",
                                "testament_meta_api")));
        peer.leave();
    }

    @Scenario({"FEAT-02", "PV-13"})
    void aFeatureWithAValueThatIsNotBooleanIsAViolation(Testbed testbed) {
        for (Object value : List.of(1, "true", List.of())) {
            Peer peer = hello(testbed, Map.of("caller", Map.of("features", Map.of("caller_identification", value))));
            peer.expectViolation();
        }
    }

    @Scenario("FEAT-03")
    void rolesWithoutAKnownRoleAreAViolation(Testbed testbed) {
        List<@Nullable Object> roles =
                Arrays.asList(null, Map.of(), List.of(), "caller", Map.of("spectator", Map.of()), Map.of("caller", 1));
        for (Object value : roles) {
            Map<String, @Nullable Object> details = new HashMap<>();
            details.put("roles", value);
            Peer peer = testbed.connect();
            peer.sendList(1, Testbed.REALM, details);
            peer.expectViolation();
        }
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of());
        peer.expectViolation();
    }

    @Scenario("FEAT-03")
    void unknownRolesAndFeaturesAreIgnored(Testbed testbed) {
        Peer peer = hello(
                testbed,
                Map.of(
                        "caller", Map.of("features", Map.of("payload_transparency", true, "x_new", true), "more", 1),
                        "spectator", Map.of("features", 5)));
        peer.expect(Welcome.class);
        peer.leave();
    }

    @Scenario("FEAT-04")
    void theOtherSpellingOfCallCancelingCounts(Testbed testbed) {
        Peer callee = hello(testbed, Map.of("callee", Map.of("features", Map.of("call_cancelling", true))));
        callee.expectWelcome();
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.leave();
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation.request());
    }

    @Scenario("FEAT-05")
    void messagesOfARoleThatWasNotAnnouncedAreAccepted(Testbed testbed) {
        Peer peer = hello(testbed, Map.of("caller", Map.of()));
        peer.expectWelcome();
        peer.subscribe("topic");
        peer.register("procedure");
        peer.publish("other");
        long request = peer.call("nobody.there");
        peer.expectError(48, request, WampError.NO_SUCH_PROCEDURE);
    }

    private static Peer hello(Testbed testbed, Map<String, Object> roles) {
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", roles));
        return peer;
    }

    private static Map<String, Object> features(String... announced) {
        Map<String, Object> features = new HashMap<>();
        for (String feature : announced) {
            features.put(feature, true);
        }
        return Map.of("features", features);
    }
}
