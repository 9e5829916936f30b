package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Section 9.1: publisher identification and trust levels. */
class DisclosureScenario {
    @Scenario({"PSX-IDENT-01", "PSX-IDENT-03"})
    void aPublisherIsDisclosedOnRequest(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.connect();
        Identity identity = publisher.join(Testbed.REALM).details().identity();
        publish(publisher, Map.of("disclose_me", true));
        expectNamed(publisher, identity, subscriber.expect(Event.class));
        publish(publisher, Map.of("disclose_me", false));
        assertThat(subscriber.expect(Event.class).details()).isEqualTo(EventDetails.NONE);
    }

    @Scenario({"PSX-IDENT-02", "PSX-IDENT-03"})
    void discloseMeIsRefusedIfARuleNeverDisclosesSenders(Testbed testbed) {
        testbed.realms(realm(publish("", Disclose.NEVER, 0)));
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        subscriber.subscribe("topic");
        long request = publisher.nextRequest();
        publisher.sendList(16, request, Map.of("acknowledge", true, "disclose_me", true), "topic");
        publisher.expectError(Publish.CODE, request, WampError.DISCLOSE_ME_DISALLOWED);
        publish(publisher, Map.of("disclose_me", true));
        publisher.expectNothing();
        subscriber.expectNothing();
        publisher.publish("topic");
        assertThat(subscriber.expect(Event.class).details().publisher()).isNull();
    }

    @Scenario("PSX-IDENT-03")
    void aRuleMayAlwaysDisclosePublishers(Testbed testbed) {
        testbed.realms(realm(publish("", Disclose.ON_REQUEST, 0), publish("topic", Disclose.ALWAYS, 0)));
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        subscriber.subscribe("other");
        Peer publisher = testbed.connect();
        Identity identity = publisher.join(Testbed.REALM).details().identity();
        publisher.publish("topic");
        expectNamed(publisher, identity, subscriber.expect(Event.class));
        publisher.publish("other");
        assertThat(subscriber.expect(Event.class).details().publisher()).isNull();
    }

    @Scenario("PSX-IDENT-04")
    void publisherDetailsFromTheClientAreNotForwarded(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publish(
                publisher,
                Map.of("publisher", 1L, "publisher_authid", "root", "publisher_authrole", "admin", "trustlevel", 9L));
        assertThat(subscriber.expect(Event.class).details()).isEqualTo(EventDetails.NONE);
    }

    @Scenario({"PSX-TRUST-01", "FEAT-02"})
    void trustLevelsAreSentIfARuleHasOne(Testbed testbed) {
        testbed.realms(realm(publish("", Disclose.ON_REQUEST, 0), publish("topic", Disclose.ON_REQUEST, 3)));
        Peer subscriber = testbed.connect();
        assertThat(subscriber.join(Testbed.REALM).details().roles().has(Role.BROKER, Feature.PUBLICATION_TRUSTLEVELS))
                .isTrue();
        subscriber.subscribe("topic");
        subscriber.subscribe("other");
        Peer publisher = testbed.join();
        publisher.publish("topic");
        assertThat(subscriber.expect(Event.class).details().trustLevel()).isEqualTo(3);
        publisher.publish("other");
        assertThat(subscriber.expect(Event.class).details().trustLevel()).isZero();
    }

    @Scenario("PSX-TRUST-01")
    void withoutARuleWithATrustLevelNoneIsSent(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer subscriber = testbed.connect();
        assertThat(subscriber.join(Testbed.REALM).details().roles().has(Role.BROKER, Feature.PUBLICATION_TRUSTLEVELS))
                .isFalse();
        subscriber.subscribe("topic");
        testbed.join().publish("topic");
        assertThat(subscriber.expect(Event.class).details().trustLevel()).isNull();
    }

    private static void publish(Peer publisher, Map<String, Object> options) {
        publisher.sendList(16, publisher.nextRequest(), options, "topic");
    }

    private static void expectNamed(Peer publisher, Identity identity, Event event) {
        var named = Objects.requireNonNull(event.details().publisher());
        assertThat(named.session()).isEqualTo(publisher.session());
        assertThat(named.authid()).isEqualTo(identity.authid());
        assertThat(named.authrole()).isEqualTo(identity.authrole());
    }

    private static Rule publish(String prefix, Disclose disclose, int trustLevel) {
        return new Rule(
                new Uri(prefix),
                MatchPolicy.PREFIX,
                Set.of(Action.PUBLISH),
                new RuleEffect.Allow(disclose, trustLevel));
    }

    private static RealmConfig realm(Rule... publishing) {
        List<Rule> rules = new java.util.ArrayList<>(List.of(publishing));
        rules.add(new Rule(new Uri(""), MatchPolicy.PREFIX, EnumSet.of(Action.SUBSCRIBE), true));
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        return open.toBuilder().role("anonymous", new RoleConfig(rules)).build();
    }
}
