package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;

/** Section 2: URIs. */
class UriScenario {
    private static final List<String> BAD =
            List.of("", ".", "a..b", ".a", "a.", "a b", "a#b", "a\tb", "a\u00a0b", "a\u2003b", "com.foo\n");
    private static final int[] REQUESTS = {Subscribe.CODE, Register.CODE, Call.CODE, Publish.CODE};

    @Scenario({"URI-01", "URI-02", "URI-05"})
    void aBadUriIsRefusedAndTheSessionLivesOn(Testbed testbed) {
        Peer peer = testbed.join();
        for (String uri : BAD) {
            for (int type : REQUESTS) {
                expectInvalid(peer, type, uri);
            }
        }
        peer.subscribe("still.here");
    }

    @Scenario({"URI-01", "URI-03"})
    void byDefaultPartsMayHoldAnythingElse(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        for (String uri : List.of("Ünïcode.Größe", "a-b.C_d.9", "日本.東京", "a/b?c=d")) {
            assertThat(peer.subscribe(uri)).isPositive();
        }
    }

    @Scenario("URI-03")
    void aStrictRealmWantsLowerCaseDigitsAndUnderscores(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        testbed.realms(open.toBuilder().uris(UriRules.STRICT).build());
        Peer peer = testbed.join();
        peer.subscribe("com.example_1.topic");
        for (String uri : List.of("com.Foo", "com.foo-bar", "größe", "a..b", "")) {
            expectInvalid(peer, Subscribe.CODE, uri);
        }
    }

    @Scenario("URI-04")
    void aLongBadUriCostsNoMoreThanReadingIt(Testbed testbed) {
        Peer peer = testbed.join();
        expectInvalid(peer, Call.CODE, "a.".repeat(200_000) + "#");
        expectInvalid(peer, Call.CODE, "a".repeat(400_000) + "\n");
    }

    @Scenario({"URI-05", "PS-04"})
    void anUnacknowledgedPublishToABadUriIsDropped(Testbed testbed) {
        Peer peer = testbed.join();
        peer.publishUnacknowledged("not..valid");
        peer.expectNothing();
    }

    @Scenario("URI-06")
    void aBadRealmIsRefused(Testbed testbed) {
        for (String realm : BAD) {
            Peer peer = testbed.connect();
            peer.sendList(1, realm, Map.of("roles", Map.of("caller", Map.of())));
            peer.expectAbort(WampError.INVALID_URI);
            peer.expectClosed();
        }
    }

    @Scenario("URI-07")
    void aBadErrorUriOfACalleeBecomesInvalidUri(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new ErrorMessage(
                Invocation.CODE, invocation.request(), ErrorDetails.NONE, new Uri("not a uri"), Payload.NONE));
        caller.expectError(Call.CODE, request, WampError.INVALID_URI);
        callee.expectNothing();
    }

    @Scenario("URI-07")
    void aBadReasonDoesNotStopAGoodbye(Testbed testbed) {
        Peer peer = testbed.join();
        peer.send(new Goodbye(CloseDetails.NONE, new Uri("..bad reason..")));
        assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.GOODBYE_AND_OUT.uri());
        peer.join(Testbed.REALM);
    }

    @Scenario("URI-08")
    void clientsNeitherRegisterNorPublishUnderWamp(Testbed testbed) {
        Peer peer = testbed.join();
        expectInvalid(peer, Register.CODE, "wamp.foo");
        expectInvalid(peer, Publish.CODE, "wamp.foo");
        expectInvalid(peer, Publish.CODE, "wamp");
        long request = peer.call("wamp.no.such");
        peer.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
        peer.subscribe("wamp.session.on_join");
        peer.register("wampx.y");
        peer.publish("wampx.y");
    }

    @Scenario({"URI-04", "URI-05"})
    void aUriOverALimitIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        for (int type : REQUESTS) {
            assertThat(expectInvalid(peer, type, "a".repeat(1_001))).contains("uri_characters", "1000");
            assertThat(expectInvalid(peer, type, "a" + ".b".repeat(64))).contains("uri_parts", "64");
            assertThat(expectInvalid(peer, type, "a" + ".b".repeat(200_000))).contains("uri_characters");
        }
        for (String procedure : List.of("wamp.session.add_testament", "wamp.subscription.lookup")) {
            long request = peer.call(procedure, "a".repeat(1_001), List.of(), Map.of());
            assertThat(text(peer, peer.expectError(Call.CODE, request, WampError.INVALID_URI)))
                    .contains("uri_characters");
        }
        peer.subscribe("a".repeat(1_000));
        peer.subscribe("a" + ".b".repeat(63));
        long counted = testbed.router().count(Counter.REQUESTS_WITH_INVALID_URI);
        peer.publishUnacknowledged("a".repeat(1_001));
        peer.expectNothing();
        assertThat(testbed.router().count(Counter.REQUESTS_WITH_INVALID_URI)).isEqualTo(counted + 1);
    }

    @Scenario({"URI-04", "URI-05"})
    void aWildcardPatternOverALimitIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        long request = peer.nextRequest();
        peer.sendList(Subscribe.CODE, request, Map.of("match", "wildcard"), ".".repeat(500_000));
        assertThat(text(peer, peer.expectError(Subscribe.CODE, request, WampError.INVALID_URI)))
                .contains("uri_characters");
        request = peer.nextRequest();
        peer.sendList(Register.CODE, request, Map.of("match", "wildcard"), ".".repeat(64));
        assertThat(text(peer, peer.expectError(Register.CODE, request, WampError.INVALID_URI)))
                .contains("uri_parts");
    }

    @Scenario({"URI-04", "URI-05"})
    void theLimitsOfUrisAreSettings(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        testbed.realms(open.toBuilder()
                .limits(open.limits().withNames(new RealmLimits.Names(10, 2, 1_000, 512, 32)))
                .build());
        Peer peer = testbed.join();
        peer.subscribe("a.34567890");
        assertThat(expectInvalid(peer, Subscribe.CODE, "a.345678901")).contains("uri_characters", "10");
        assertThat(expectInvalid(peer, Subscribe.CODE, "a.b.c")).contains("uri_parts", "2");
    }

    @Scenario("URI-06")
    void aRealmOverALimitIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        for (String realm : List.of("a".repeat(1_001), "a" + ".b".repeat(64))) {
            Peer peer = testbed.connect();
            peer.sendList(1, realm, Map.of("roles", Map.of("caller", Map.of())));
            assertThat(peer.expectAbort(WampError.INVALID_URI).details().message())
                    .contains("the realm", "(uri_");
            peer.expectClosed();
        }
    }

    @Scenario("URI-07")
    void anErrorUriOverALimitBecomesInvalidUri(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new ErrorMessage(
                Invocation.CODE, invocation.request(), ErrorDetails.NONE, new Uri("a".repeat(1_001)), Payload.NONE));
        assertThat(text(caller, caller.expectError(Call.CODE, request, WampError.INVALID_URI)))
                .contains("uri_characters");
        callee.expectNothing();
    }

    @Scenario("URI-10")
    void aUriMayBeTopicAndProcedureAtOnce(Testbed testbed) {
        Peer peer = testbed.join();
        long subscription = peer.subscribe("both");
        peer.register("both");
        Peer other = testbed.join();
        other.publish("both", 1L);
        assertThat(peer.expectEvent(subscription)).containsExactly(1L);
        long request = other.call("both");
        peer.answer(peer.expect(Invocation.class));
        other.expectResult(request);
    }

    @Scenario("URI-11")
    void urisAreComparedByCodePoint(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("Caf\u00e9");
        Peer publisher = testbed.join();
        publisher.publish("caf\u00e9");
        publisher.publish("Cafe\u0301");
        publisher.publish("Caf%C3%A9");
        subscriber.expectNothing();
    }

    @Scenario("URI-12")
    void realmsKeepTopicsAndProceduresApart(Testbed testbed) {
        Peer here = testbed.join();
        Peer there = testbed.joinRealm(Testbed.OTHER_REALM);
        here.subscribe("topic");
        here.register("procedure");
        there.publish("topic");
        long request = there.call("procedure");
        there.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
        there.register("procedure");
        here.expectNothing();
    }

    private static String expectInvalid(Peer peer, int type, String uri) {
        long request = peer.nextRequest();
        Map<String, Object> options = type == Publish.CODE ? Map.of("acknowledge", true) : Map.of();
        peer.sendList(type, request, options, uri);
        return text(peer, peer.expectError(type, request, WampError.INVALID_URI));
    }

    private static String text(Peer peer, ErrorMessage error) {
        return String.valueOf(peer.arguments(error.payload()).positional().getFirst());
    }
}
