package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.Authorizer;
import io.junctor.router.spi.Disclose;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Section 13: dynamic authorization by procedures and objects. */
class AuthorizerScenario {
    static final String PROCEDURE = "com.example.authorize";
    private static final RoleConfig ASKING =
            RestrictedRealms.rules("+prefix:open.", "-prefix:closed.").with(AuthorizerConfig.procedure(PROCEDURE));

    /** A realm of users whose role has an authorizer, and the session that serves its procedure. */
    static Peer authorizer(Testbed testbed, RoleConfig user) {
        testbed.realms(RestrictedRealms.realm(user, "anna", "berta"));
        Peer authorizer = RestrictedRealms.service(testbed);
        authorizer.register(PROCEDURE);
        return authorizer;
    }

    @Scenario({"AUTHZ-05", "AUTHZ-01"})
    void theProcedureDecidesWhatRulesLeaveOpen(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.publish("open.topic");
        RestrictedRealms.expectDenied(anna, 16, "closed.topic");
        authorizer.expectNothing();

        Map<Integer, String> actions = Map.of(16, "publish", 32, "subscribe", 48, "call", 64, "register");
        actions.forEach((type, action) -> {
            long request = RestrictedRealms.ask(anna, type, "other." + action);
            Invocation question = authorizer.expect(Invocation.class);
            Arguments arguments = authorizer.arguments(question.payload());
            assertThat(arguments.positional().subList(1, 4))
                    .containsExactly("other." + action, action, Map.of("match", "exact"));
            assertThat(arguments.positional().getFirst())
                    .isEqualTo(Map.of(
                            "realm",
                            Testbed.REALM,
                            "session",
                            anna.session(),
                            "authid",
                            "anna",
                            "authrole",
                            RestrictedRealms.USER,
                            "authmethod",
                            "ticket",
                            "authprovider",
                            "static"));
            authorizer.answer(question, false);
            anna.expectError(type, request, WampError.NOT_AUTHORIZED);
        });
        long request = RestrictedRealms.ask(anna, 32, "more");
        authorizer.answer(authorizer.expect(Invocation.class), true);
        assertThat(anna.expect(Subscribed.class).request()).isEqualTo(request);
    }

    @Scenario("AUTHZ-05")
    void aDecisionSaysWhetherTheSenderIsDisclosed(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        authorizer.register("a.named");
        authorizer.register("a.nameless");
        for (boolean named : new boolean[] {true, false}) {
            String procedure = named ? "a.named" : "a.nameless";
            long request = anna.call(procedure);
            authorizer.answer(authorizer.expect(Invocation.class), Map.of("allow", true, "disclose", named));
            Invocation invocation = authorizer.expect(Invocation.class);
            assertThat(invocation.details().caller() != null).isEqualTo(named);
            authorizer.answer(invocation);
            anna.expectResult(request);
        }
        Callees.call(anna, "a.nameless", Map.of("disclose_me", true));
        assertThat(anna.expectList())
                .contains(WampError.DISCLOSE_ME_DISALLOWED.uri().text());
    }

    @Scenario({"AUTHZ-05", "AUTHZ-06"})
    void decisionsAreKeptForEachSessionAndThatLong(Testbed testbed) {
        AuthorizerConfig.Source source = new AuthorizerConfig.Procedure(new Uri(PROCEDURE), null);
        Peer authorizer =
                authorizer(testbed, RestrictedRealms.rules().with(new AuthorizerConfig(source, Duration.ofSeconds(3))));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        expectAsked(authorizer, anna, "a.topic", true);
        anna.publish("a.topic");
        anna.publish("a.topic");
        expectAsked(authorizer, RestrictedRealms.join(testbed, "anna"), "a.topic", true);
        expectAsked(authorizer, RestrictedRealms.join(testbed, "berta"), "a.topic", false);
        expectAsked(authorizer, anna, "a.topics", false);
        RestrictedRealms.expectDenied(anna, 16, "a.topics");
        anna.publish("a.topic");
        testbed.clock().advance(Duration.ofSeconds(4));
        expectAsked(authorizer, anna, "a.topic", false);
        authorizer.expectNothing();
    }

    @Scenario({"AUTHZ-05", "AUTHZ-03"})
    void aRuleMayLeaveAPartOfWhatAnotherAllowsToTheAuthorizer(Testbed testbed) {
        Peer authorizer = authorizer(testbed, RestrictedRealms.asking(ASKING, "open.door.", Duration.ofSeconds(3)));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.publish("open.topic");
        expectAsked(authorizer, anna, "open.door.front", true);
        anna.publish("open.door.front");
        testbed.clock().advance(Duration.ofSeconds(4));
        expectAsked(authorizer, anna, "open.door.front", false);
        expectAsked(authorizer, anna, "other.topic", true);
        testbed.clock().advance(Duration.ofSeconds(4));
        anna.publish("other.topic");
        authorizer.expectNothing();
    }

    @Scenario("AUTHZ-05")
    void aDecisionThatIsNotToBeKeptHoldsOnce(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        for (boolean allow : new boolean[] {true, false, true}) {
            long request = RestrictedRealms.ask(anna, 32, "a.topic");
            authorizer.answer(authorizer.expect(Invocation.class), Map.of("allow", allow, "cache", false));
            if (allow) {
                anna.expect(Subscribed.class);
            } else {
                anna.expectError(32, request, WampError.NOT_AUTHORIZED);
            }
        }
    }

    @Scenario("AUTHZ-06")
    void invalidatedDecisionsAreRequestedAgain(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer admin = RestrictedRealms.service(testbed);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        Peer berta = RestrictedRealms.join(testbed, "berta");
        expectAsked(authorizer, anna, "a.topic", true);
        expectAsked(authorizer, berta, "a.topic", true);
        MetaCalls.call(admin, "wamp.authorization.invalidate", List.of(), Map.of("authid", "anna"));
        berta.publish("a.topic");
        expectAsked(authorizer, anna, "a.topic", false);
        admin.expectResult(admin.call("wamp.authorization.invalidate"));
        expectAsked(authorizer, berta, "a.topic", false);

        long request = RestrictedRealms.ask(anna, 16, "b.topic");
        Invocation before = authorizer.expect(Invocation.class);
        admin.expectResult(admin.call("wamp.authorization.invalidate"));
        authorizer.answer(before, true);
        authorizer.answer(authorizer.expect(Invocation.class), false);
        anna.expectError(16, request, WampError.NOT_AUTHORIZED);
        RestrictedRealms.expectDenied(anna, 48, "wamp.authorization.invalidate");
    }

    @Scenario({"ORD-06", "ORD-01", "AUTHZ-06"})
    void onlyTheSessionThatAsksWaitsAndItsOrderHolds(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        Peer berta = RestrictedRealms.join(testbed, "berta");
        long events = berta.subscribe("open.topic");
        Peer listener = RestrictedRealms.service(testbed);
        long others = listener.subscribe("asked.topic");
        anna.publishUnacknowledged("open.topic", 1L);
        anna.publishUnacknowledged("asked.topic", 2L);
        anna.publishUnacknowledged("open.topic", 3L);
        Invocation question = authorizer.expect(Invocation.class);
        assertThat(berta.expectEvent(events)).containsExactly(1L);
        berta.publish("open.other");
        berta.expectNothing();
        listener.expectNothing();
        authorizer.answer(question, true);
        assertThat(listener.expectEvent(others)).containsExactly(2L);
        assertThat(berta.expectEvent(events)).containsExactly(3L);
    }

    @Scenario({"ORD-06", "ORD-02"})
    void aSubscriptionThatWaitsComesBeforeItsEvents(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.ask(anna, 32, "asked.topic");
        anna.sendList(16, anna.nextRequest(), Map.of("exclude_me", false), "asked.topic", List.of(1));
        authorizer.answer(authorizer.expect(Invocation.class), true);
        authorizer.answer(authorizer.expect(Invocation.class), true);
        long subscription = anna.expect(Subscribed.class).subscription();
        assertThat(anna.expectEvent(subscription)).containsExactly(1L);
    }

    @Scenario({"ORD-06", "RPC-CANCEL-08"})
    void cancelIsReadAfterTheDecision(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long request = anna.call("asked.procedure");
        anna.sendList(49, request, Map.of());
        Invocation question = authorizer.expect(Invocation.class);
        Peer callee = RestrictedRealms.service(testbed);
        callee.register("asked.procedure");
        authorizer.answer(question, true);
        assertThat(callee.expect(Invocation.class).details().caller()).isNull();
        anna.expectError(48, request, WampError.CANCELED);
    }

    @Scenario({"AUTHZ-02", "AUTHZ-05"})
    void withoutAValidDecisionTheRequestIsRefused(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(ASKING, "anna"));
        Peer listener = RestrictedRealms.service(testbed);
        listener.subscribe("a.topic");
        Peer anna = RestrictedRealms.join(testbed, "anna");
        for (int type : new int[] {16, 32, 48, 64}) {
            RestrictedRealms.expectRefused(anna, type, "a.topic", WampError.AUTHORIZATION_FAILED);
        }
        Peer authorizer = RestrictedRealms.service(testbed);
        authorizer.register(PROCEDURE);
        for (Object nonsense : List.of(
                "yes", 1, List.of(true), Map.of(), Map.of("allow", "true"), Map.of("allow", true, "cache", 1))) {
            long request = RestrictedRealms.ask(anna, 16, "a.topic");
            authorizer.answer(authorizer.expect(Invocation.class), nonsense);
            anna.expectError(16, request, WampError.AUTHORIZATION_FAILED);
        }
        long request = RestrictedRealms.ask(anna, 16, "a.topic");
        Invocation question = authorizer.expect(Invocation.class);
        authorizer.sendList(8, 68, question.request(), Map.of(), "wamp.error.not_authorized", List.of(true));
        anna.expectError(16, request, WampError.AUTHORIZATION_FAILED);
        listener.expectNothing();
        assertThat(testbed.router().count(Counter.AUTHORIZATIONS_FAILED)).isEqualTo(11);
        expectAsked(authorizer, anna, "b.topic", true);
    }

    @Scenario({"AUTHZ-02", "AUTHZ-06"})
    void anAuthorizerHasFiveSeconds(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long request = RestrictedRealms.ask(anna, 16, "a.topic");
        Invocation question = authorizer.expect(Invocation.class);
        testbed.clock().advance(Duration.ofSeconds(5));
        anna.expectError(16, request, WampError.AUTHORIZATION_FAILED);
        authorizer.answer(question, true);
        anna.publish("open.topic");
        long again = RestrictedRealms.ask(anna, 16, "a.topic");
        authorizer.expect(Invocation.class);
        authorizer.cut();
        ErrorMessage refused = anna.expectError(16, again, WampError.AUTHORIZATION_FAILED);
        assertThat(anna.arguments(refused.payload()).positional())
                .containsExactly("publish to a.topic: the authorizer did not decide in time, or failed");
    }

    @Scenario("AUTHZ-06")
    void aSessionMayLeaveWhileItsMessageIsDecidedAbout(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer listener = RestrictedRealms.service(testbed);
        listener.subscribe("a.topic");
        Peer anna = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.ask(anna, 16, "a.topic");
        Invocation question = authorizer.expect(Invocation.class);
        Peer admin = RestrictedRealms.service(testbed);
        admin.expectResult(admin.call("wamp.session.kill", anna.session()));
        authorizer.answer(question, true);
        anna.expectList();
        anna.answerGoodbye();
        listener.expectNothing();
    }

    @Scenario({"AUTHZ-05", "AUTHZ-06"})
    void sessionsThatServeAnAuthorizerAreAuthorizedByRulesOnly(Testbed testbed) {
        RoleConfig self = RestrictedRealms.rules("+exact:" + PROCEDURE).with(AuthorizerConfig.procedure(PROCEDURE));
        testbed.realms(RestrictedRealms.realm(self, "anna", "berta"));
        Peer authorizer = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.expectRefused(authorizer, 16, "a.topic", WampError.AUTHORIZATION_FAILED);
        authorizer.register(PROCEDURE);
        RestrictedRealms.expectDenied(authorizer, 16, "a.topic");
        expectAsked(authorizer, RestrictedRealms.join(testbed, "berta"), "a.topic", true);
    }

    @Scenario({"AUTHZ-04", "AUTHZ-05"})
    void aPatternIsAskedForUnlessARuleDeniesAPart(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        for (String pattern : List.of("", "clo", "closed.")) {
            anna.sendList(32, anna.nextRequest(), Map.of("match", "prefix"), pattern);
            assertThat(anna.expectList())
                    .contains(WampError.NOT_AUTHORIZED.uri().text());
        }
        authorizer.expectNothing();
        anna.sendList(32, anna.nextRequest(), Map.of("match", "prefix"), "op");
        Invocation question = authorizer.expect(Invocation.class);
        assertThat(authorizer.arguments(question.payload()).positional()).contains("op", Map.of("match", "prefix"));
        authorizer.answer(question, true);
        anna.expect(Subscribed.class);
    }

    @Scenario({"AUTHZ-05", "TST-01"})
    void aTestamentIsAuthorizedWhenItIsAdded(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer listener = RestrictedRealms.service(testbed);
        long events = listener.subscribe("a.will");
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long request = anna.call("wamp.session.add_testament", "a.will", List.of(7), Map.of());
        authorizer.answer(authorizer.expect(Invocation.class), Map.of("allow", true, "cache", false));
        Invocation topic = authorizer.expect(Invocation.class);
        assertThat(authorizer.arguments(topic.payload()).positional()).contains("a.will", "publish");
        authorizer.answer(topic, Map.of("allow", true, "cache", false));
        anna.expectResult(request);
        anna.cut();
        assertThat(listener.expectEvent(events)).containsExactly(7L);
    }

    @Scenario({"AUTHZ-05", "AUTHZ-02"})
    void anAuthorizerObjectDecides(Testbed testbed) {
        AtomicInteger asked = new AtomicInteger();
        Authorizer program = request -> {
            asked.incrementAndGet();
            if (request.uri().text().equals("broken")) {
                throw new IllegalStateException("no database");
            }
            boolean own =
                    request.uri().text().startsWith("own." + request.identity().authid());
            return new Authorizer.Decision(own, Disclose.ON_REQUEST, true);
        };
        testbed.realms(
                RestrictedRealms.realm(RestrictedRealms.rules().with(AuthorizerConfig.program(program)), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.publish("own.anna.state");
        anna.publish("own.anna.state");
        RestrictedRealms.expectDenied(anna, 16, "own.berta.state");
        RestrictedRealms.expectRefused(anna, 16, "broken", WampError.AUTHORIZATION_FAILED);
        assertThat(asked).hasValue(3);
    }

    @Scenario("AUTHZ-05")
    void neitherAuthorizersNorBroadRulesOpenWhatChangesOthers(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        for (String procedure :
                List.of("wamp.session.kill", "wamp.session.kill_all", "wamp.authorization.invalidate")) {
            RestrictedRealms.expectDenied(anna, 48, procedure);
        }
        authorizer.expectNothing();
        RestrictedRealms.expectRefused(anna, 64, "wamp.mine", WampError.INVALID_URI);
        RestrictedRealms.expectRefused(anna, 16, "wamp.mine", WampError.INVALID_URI);
    }

    @Scenario({"AUTHZ-05", "EXT-02"})
    void registeringByForceIsAskedForOnItsOwn(Testbed testbed) {
        Peer authorizer = authorizer(testbed, ASKING);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.sendList(64, anna.nextRequest(), Map.of("force_reregister", true), "a.procedure");
        for (String action : List.of("register", "replace")) {
            Invocation question = authorizer.expect(Invocation.class);
            assertThat(authorizer.arguments(question.payload()).positional()).contains(action);
            authorizer.answer(question, Map.of("allow", true, "cache", false));
        }
        anna.expect(Registered.class);
    }

    /** Publishes an event that the authorizer must decide about. */
    private static void expectAsked(Peer authorizer, Peer peer, String topic, @Nullable Boolean decision) {
        long request = RestrictedRealms.ask(peer, 16, topic);
        authorizer.answer(authorizer.expect(Invocation.class), decision);
        if (Boolean.TRUE.equals(decision)) {
            assertThat(peer.expectList()).startsWith(17L, request);
        } else {
            peer.expectError(16, request, WampError.NOT_AUTHORIZED);
        }
    }
}
