package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 4: features that a realm has switched off are not announced and do not work. */
class DisabledFeatureScenario {
    @Scenario({"FEAT-02", "SMETA-01", "TST-01"})
    void disabledFeaturesAreNotAnnounced(Testbed testbed) {
        List<RealmConfig> realms = new ArrayList<>(List.of(RealmConfig.open(Testbed.REALM)));
        for (Feature feature : Feature.values()) {
            realms.add(RealmConfig.open(feature.wire()).toBuilder()
                    .features(RealmFeatures.DEFAULT.without(feature))
                    .build());
        }
        testbed.realms(realms.toArray(RealmConfig[]::new));
        Peer peer = testbed.connect();
        Roles all = announced(peer, Testbed.REALM);
        for (Feature feature : Feature.values()) {
            Roles rest = announced(peer, feature.wire());
            for (Role role : Role.ROUTER) {
                Set<Feature> expected = EnumSet.noneOf(Feature.class);
                expected.addAll(all.features().getOrDefault(role, Set.of()));
                expected.remove(feature);
                assertThat(rest.features().get(role)).isEqualTo(expected);
            }
        }
    }

    @Scenario("FEAT-02")
    void optionsOfPublicationsAreRefused(Testbed testbed) {
        testbed.realms(
                without(Feature.SUBSCRIBER_BLACKWHITE_LISTING, Feature.PUBLISHER_EXCLUSION, Feature.EVENT_RETENTION));
        Peer peer = testbed.join();
        long subscription = peer.subscribe("topic");
        Peer publisher = testbed.join();
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("eligible", List.of(peer.session())),
                Map.of("exclude_authrole", List.of("guest")),
                Map.of("exclude_me", false),
                Map.of("retain", true))) {
            Map<String, Object> acknowledged = new HashMap<>(options);
            acknowledged.put("acknowledge", true);
            long request = publisher.nextRequest();
            publisher.sendList(16, request, acknowledged, "topic");
            publisher.expectError(16, request, WampError.OPTION_NOT_ALLOWED);
            publisher.sendList(16, publisher.nextRequest(), options, "topic");
            long testament = publisher.nextRequest();
            publisher.sendList(
                    48,
                    testament,
                    Map.of(),
                    "wamp.session.add_testament",
                    List.of("topic", List.of(), Map.of()),
                    Map.of("publish_options", options));
            publisher.expectError(48, testament, WampError.OPTION_NOT_ALLOWED);
        }
        publisher.publish("topic", 1L);
        assertThat(peer.expectEvent(subscription)).containsExactly(1L);
        long request = peer.nextRequest();
        peer.sendList(32, request, Map.of("get_retained", true), "topic");
        peer.expectError(32, request, WampError.OPTION_NOT_ALLOWED);
    }

    @Scenario("FEAT-02")
    void optionsOfOtherRequestsAreRefused(Testbed testbed) {
        testbed.realms(without(
                Feature.PATTERN_BASED_SUBSCRIPTION,
                Feature.PATTERN_BASED_REGISTRATION,
                Feature.SHARED_REGISTRATION,
                Feature.CALL_TIMEOUT,
                Feature.PROGRESSIVE_CALL_RESULTS));
        Peer peer = testbed.join();
        expectRefusal(peer, 32, Map.of("match", "prefix"));
        expectRefusal(peer, 32, Map.of("match", "wildcard"));
        expectRefusal(peer, 64, Map.of("match", "prefix"));
        expectRefusal(peer, 64, Map.of("invoke", "roundrobin"));
        expectRefusal(peer, 64, Map.of("forward_timeout", true));
        expectRefusal(peer, 48, Map.of("timeout", 1_000));
        expectRefusal(peer, 48, Map.of("receive_progress", true));
        peer.sendList(32, peer.nextRequest(), Map.of("match", "exact"), "topic");
        peer.expectList();
        peer.sendList(64, peer.nextRequest(), Map.of("match", "exact", "invoke", "single"), "procedure");
        peer.expectList();
        peer.sendList(48, peer.nextRequest(), Map.of("timeout", 0), "procedure");
        peer.answer(peer.expect(Invocation.class));
        peer.expectList();
    }

    @Scenario({"FEAT-02", "RPC-PINV-02", "PPT-04"})
    void featuresThatBothSidesMustAnnounceAreViolationsIfDisabled(Testbed testbed) {
        testbed.realms(without(Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.PAYLOAD_PASSTHRU_MODE));
        Roles roles = new Roles(Map.of(
                Role.CALLER,
                Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING),
                Role.PUBLISHER,
                Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
        Peer caller = testbed.join(roles);
        caller.sendList(48, caller.nextRequest(), Map.of("progress", true), "procedure");
        caller.expectViolation();
        Peer publisher = testbed.join(roles);
        publisher.sendList(16, publisher.nextRequest(), Map.of("ppt_scheme", "x_any"), "topic", List.of("x"));
        publisher.expectViolation();
    }

    @Scenario({"FEAT-02", "PSX-IDENT-02", "RPC-IDENT-02"})
    void publishersAndCallersAreNotDisclosed(Testbed testbed) {
        RoleConfig role = new RoleConfig(List.of(new Rule(
                new Uri(""),
                MatchPolicy.PREFIX,
                EnumSet.allOf(Action.class),
                new RuleEffect.Allow(Disclose.ALWAYS, 0))));
        testbed.realms(without(Feature.PUBLISHER_IDENTIFICATION, Feature.CALLER_IDENTIFICATION).toBuilder()
                .role("anonymous", role)
                .build());
        Peer peer = testbed.join();
        Peer other = testbed.join();
        other.subscribe("topic");
        other.register("procedure");
        peer.publish("topic");
        assertThat(other.expect(Event.class).details().publisher()).isNull();
        long call = peer.call("procedure");
        Invocation invocation = other.expect(Invocation.class);
        assertThat(invocation.details().caller()).isNull();
        other.answer(invocation);
        peer.expectResult(call);
        long request = peer.nextRequest();
        peer.sendList(16, request, Map.of("disclose_me", true, "acknowledge", true), "topic");
        peer.expectError(16, request, WampError.DISCLOSE_ME_DISALLOWED);
        long second = peer.nextRequest();
        peer.sendList(48, second, Map.of("disclose_me", true), "procedure");
        peer.expectError(48, second, WampError.DISCLOSE_ME_DISALLOWED);
        long third = peer.nextRequest();
        peer.sendList(64, third, Map.of("disclose_caller", true), "other");
        peer.expectError(64, third, WampError.DISCLOSE_ME_DISALLOWED);
    }

    @Scenario("FEAT-02")
    void cancelIsIgnored(Testbed testbed) {
        testbed.realms(without(Feature.CALL_CANCELING));
        Peer callee = testbed.join(new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING))));
        callee.register("procedure");
        Peer caller = testbed.join();
        long call = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.sendList(49, call, Map.of());
        caller.expectNothing();
        callee.expectNothing();
        callee.answer(invocation, 1L);
        caller.expectResult(call);
    }

    @Scenario({"FEAT-02", "SUBREV-03", "REGREV-02"})
    void proceduresAndTopicsOfTheRouterAreNotThere(Testbed testbed) {
        testbed.realms(MetaCalls.realm().toBuilder()
                .features(RealmFeatures.DEFAULT.without(
                        Feature.SESSION_META_API,
                        Feature.SUBSCRIPTION_META_API,
                        Feature.TESTAMENT_META_API,
                        Feature.SUBSCRIPTION_REVOCATION,
                        Feature.REGISTRATION_META_API,
                        Feature.REGISTRATION_REVOCATION))
                .build());
        Peer peer = testbed.join();
        for (String procedure : List.of(
                "wamp.session.count",
                "wamp.session.kill_all",
                "wamp.session.add_testament",
                "wamp.session.flush_testaments",
                "wamp.subscription.list",
                "wamp.subscription.remove_subscriber",
                "wamp.registration.list",
                "wamp.registration.remove_callee")) {
            MetaCalls.expectError(peer, WampError.NO_SUCH_PROCEDURE, procedure, 1L, 2L);
        }
        for (String topic : List.of(
                "wamp.session.on_join",
                "wamp.session.on_leave",
                "wamp.subscription.on_create",
                "wamp.registration.on_create")) {
            peer.subscribe(topic);
        }
        Peer other = testbed.join();
        other.subscribe("topic");
        other.register("procedure");
        other.leave();
        peer.expectNothing();
    }

    @Scenario({"FEAT-02", "TST-01"})
    void testamentsAreSwitchedOffSeparately(Testbed testbed) {
        testbed.realms(without(Feature.TESTAMENT_META_API));
        Peer peer = testbed.join();
        MetaCalls.expectError(peer, WampError.NO_SUCH_PROCEDURE, "wamp.session.add_testament", "topic");
        assertThat(MetaCalls.call(peer, "wamp.session.count")).containsExactly(1L);
    }

    @Scenario("PSX-BW-03")
    void anEmptyEligibleListMayMeanAllSubscribers(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT.withEmptyEligible(EmptyEligible.EVERYBODY))
                .build());
        Peer peer = testbed.join();
        long subscription = peer.subscribe("topic");
        Peer publisher = testbed.join();
        for (String list : List.of("eligible", "eligible_authid", "eligible_authrole")) {
            publisher.sendList(16, publisher.nextRequest(), Map.of(list, List.of()), "topic", List.of(list));
            assertThat(peer.expectEvent(subscription)).containsExactly(list);
        }
        publisher.sendList(
                16,
                publisher.nextRequest(),
                Map.of("eligible", List.of(), "exclude_authrole", List.of("anonymous")),
                "topic");
        publisher.expectNothing();
        peer.expectNothing();
    }

    @Scenario({"RPC-PROG-01", "RPC-PROG-04"})
    void receiveProgressMayBeLimitedToCalleesThatAnnounceCanceling(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT.withProgress(ProgressAnnouncement.ANNOUNCED))
                .build());
        Peer plain = testbed.join(new Roles(Map.of(Role.CALLEE, Set.of(Feature.PROGRESSIVE_CALL_RESULTS))));
        Peer able = testbed.join(
                new Roles(Map.of(Role.CALLEE, Set.of(Feature.PROGRESSIVE_CALL_RESULTS, Feature.CALL_CANCELING))));
        plain.register("plain");
        able.register("able");
        Peer caller = testbed.join();
        long first = caller.nextRequest();
        caller.sendList(48, first, Map.of("receive_progress", true), "plain");
        Invocation invocation = plain.expect(Invocation.class);
        assertThat(invocation.details().receiveProgress()).isFalse();
        plain.sendList(70, invocation.request(), Map.of("progress", true), List.of("dropped"));
        plain.answer(invocation, "end");
        assertThat(caller.expectResult(first).details().progress()).isFalse();
        long second = caller.nextRequest();
        caller.sendList(48, second, Map.of("receive_progress", true), "able");
        Invocation other = able.expect(Invocation.class);
        assertThat(other.details().receiveProgress()).isTrue();
        able.sendList(70, other.request(), Map.of("progress", true), List.of("half"));
        assertThat(caller.expectResult(second).details().progress()).isTrue();
        able.answer(other);
        caller.expectResult(second);
    }

    private static RealmConfig without(Feature... features) {
        return RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT.without(features))
                .build();
    }

    /** Returns the features that the router announces in a realm. */
    private static Roles announced(Peer peer, String realm) {
        Welcome welcome = peer.join(realm);
        peer.leave();
        return welcome.details().roles();
    }

    private static void expectRefusal(Peer peer, int type, Map<String, Object> options) {
        long request = peer.nextRequest();
        peer.sendList(type, request, options, "any.uri");
        peer.expectError(type, request, WampError.OPTION_NOT_ALLOWED);
    }
}
