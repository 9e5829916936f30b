package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ShutdownNotice;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Section 6: the life of a session. */
class SessionScenario {
    private static final Map<String, Object> ROLES = Map.of("roles", Map.of("caller", Map.of()));

    @Scenario({"SES-01", "SES-03", "AUTH-ANON-01"})
    void welcomeIsTheFirstAnswerAndSaysWhoTheSessionIs(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        Welcome welcome = peer.join(Testbed.REALM);
        assertThat(welcome.details().realm()).isEqualTo(Testbed.REALM);
        assertThat(welcome.details().identity().authid()).isNotBlank();
        assertThat(welcome.details().identity().authrole()).isEqualTo("anonymous");
        assertThat(welcome.details().identity().authmethod()).isEqualTo("anonymous");
        assertThat(welcome.details().identity().authprovider()).isNotBlank();
    }

    @Scenario("SES-02")
    void nothingIsRoutedToAClientBeforeItsWelcome(Testbed testbed) {
        Peer publisher = testbed.join();
        Peer peer = testbed.connect();
        publisher.publish("topic");
        publisher.call("procedure");
        publisher.expectError(Call.CODE, 2, WampError.NO_SUCH_PROCEDURE);
        peer.join(Testbed.REALM);
        peer.expectNothing();
    }

    @Scenario("SES-04")
    void anUnknownRealmIsRefused(Testbed testbed) {
        Peer peer = testbed.connect();
        peer.send(new Hello(new Uri("no.such.realm"), HelloDetails.anonymous(Peer.PLAIN)));
        peer.expectAbort(WampError.NO_SUCH_REALM);
        peer.expectClosed();
    }

    @Scenario({"SES-04", "SES-17"})
    void aNullRealmIsRefusedAsNoSuchRealm(Testbed testbed) {
        for (Map<String, Object> details :
                List.of(ROLES, Map.<String, Object>of("roles", Map.of("caller", Map.of()), "resume-session", 5))) {
            Peer peer = testbed.connect();
            peer.sendList(1, null, details);
            peer.expectAbort(WampError.NO_SUCH_REALM);
            peer.expectClosed();
        }
    }

    @Scenario("SES-04")
    void aRealmThatIsNotAStringIsAViolation(Testbed testbed) {
        for (Object realm : List.of(1, true, List.of(), Map.of())) {
            Peer peer = testbed.connect();
            peer.sendList(1, realm, ROLES);
            peer.expectViolation();
        }
    }

    @Scenario({"SES-05", "SEC-02"})
    void aTransportWithoutHelloIsClosedAfterAWhile(Testbed testbed) {
        testbed.router();
        Peer silent = testbed.connect();
        Peer joined = testbed.join();
        joined.expectNothing();
        // The client gets the answer to its opening handshake shortly before the router waits for HELLO.
        Awaitility.await("the router waits for HELLO")
                .until(() -> testbed.clock().pending() > 0);
        testbed.clock().advance(Duration.ofMillis(4_999));
        joined.expectNothing();
        testbed.clock().advance(Duration.ofMillis(1));
        silent.expectClosed();
        joined.expectNothing();
    }

    @Scenario("SES-06")
    void anAbortIsNeverAnswered(Testbed testbed) {
        Peer before = testbed.connect();
        before.send(abort());
        before.expectClosed();
        Peer within = testbed.join();
        within.send(abort());
        within.expectClosed();
    }

    @Scenario("SES-07")
    void goodbyeIsAnsweredOnce(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList(6, Map.of("message", "bye"), "wamp.close.close_realm");
        assertThat(peer.expectList()).containsExactly(6L, Map.of(), "wamp.close.goodbye_and_out");
        peer.join(Testbed.REALM);
        peer.expectNothing();
    }

    @Scenario({"SES-07", "PV-15"})
    void crossingGoodbyesAnswerEachOther(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.join();
        testbed.router().beginShutdown();
        assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.SYSTEM_SHUTDOWN.uri());
        peer.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        peer.expectClosed();
    }

    @Scenario({"SES-08", "SES-10"})
    void afterTheRoutersGoodbyeEverythingElseIsIgnored(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.join();
        testbed.router().beginShutdown();
        peer.expect(Goodbye.class);
        peer.call("procedure");
        peer.sendList(32, peer.nextRequest(), Map.of(), "topic");
        peer.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        peer.expectClosed();
    }

    @Scenario({"SES-08", "SES-10"})
    void aClientThatDoesNotAnswerGoodbyeIsDropped(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.join();
        testbed.router().beginShutdown();
        peer.expect(Goodbye.class);
        testbed.clock().advance(Duration.ofSeconds(5));
        peer.expectClosed();
    }

    @Scenario("SES-09")
    void anyReasonMayBeGivenForLeaving(Testbed testbed) {
        for (String reason : List.of("wamp.close.normal", "wamp.error.goodbye_and_out", "com.example.because")) {
            Peer peer = testbed.join();
            peer.sendList(6, Map.of(), reason);
            assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.GOODBYE_AND_OUT.uri());
            peer.join(Testbed.REALM);
        }
    }

    @Scenario(value = "SES-10", on = Scenario.Where.IN_MEMORY)
    void aHelloDuringShutdownIsRefused(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer joined = testbed.join();
        testbed.router().beginShutdown();
        joined.expect(Goodbye.class);
        Peer late = testbed.connect();
        late.send(new Hello(new Uri(Testbed.REALM), HelloDetails.anonymous(Peer.PLAIN)));
        late.expectAbort(WampError.SYSTEM_SHUTDOWN);
        late.expectClosed();
        joined.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        joined.expectClosed();
    }

    @Scenario("SES-10")
    void unlessGoodbyeIsConfiguredAShutdownOnlyClosesConnections(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer joined = testbed.join();
        Peer unjoined = testbed.connect();
        testbed.router().beginShutdown();
        assertThat(joined.expectClosed()).isEqualTo(testbed.closeCode(1001));
        assertThat(unjoined.expectClosed()).isEqualTo(testbed.closeCode(1001));
    }

    @Scenario(value = "SES-10", on = Scenario.Where.IN_MEMORY)
    void aConnectionDuringShutdownIsClosedWithoutAbort(Testbed testbed) {
        Peer joined = testbed.join();
        testbed.router().beginShutdown();
        Peer late = testbed.connect();
        assertThat(late.expectClosed()).isEqualTo(testbed.closeCode(1001));
        joined.expectClosed();
    }

    @Scenario({"SES-11", "ID-09"})
    void aTransportMayCarryOneSessionAfterAnother(Testbed testbed) {
        Peer peer = testbed.connect();
        long first = peer.join(Testbed.REALM).session();
        peer.subscribe("topic");
        peer.register("procedure");
        peer.leave();
        long second = peer.join(Testbed.REALM).session();
        assertThat(second).isNotEqualTo(first);
        Peer other = testbed.join();
        other.publish("topic");
        other.register("procedure");
        peer.expectNothing();
    }

    @Scenario("SES-11")
    void theNextSessionMayBeInAnotherRealm(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.leave();
        assertThat(peer.join(Testbed.OTHER_REALM).details().realm()).isEqualTo(Testbed.OTHER_REALM);
    }

    @Scenario({"SES-11", "SES-05"})
    void aTransportLeftOpenIsClosedByTheHelloTimer(Testbed testbed) {
        testbed.router();
        Peer peer = testbed.join();
        peer.leave();
        testbed.clock().advance(Duration.ofSeconds(5));
        peer.expectClosed();
    }

    @Scenario({"SES-12", "RPC-12", "RPC-14"})
    void theEndOfASessionFreesWhatItHeld(Testbed testbed) {
        for (Leaving how : Leaving.values()) {
            Peer peer = testbed.join();
            peer.subscribe("topic");
            peer.register("procedure");
            Peer caller = testbed.join();
            long request = caller.call("procedure");
            peer.expect(Invocation.class);
            how.leave(peer);
            caller.expectError(Call.CODE, request, WampError.CANCELED);
            request = caller.call("procedure");
            caller.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
            caller.publish("topic");
            caller.register("procedure");
            caller.close();
        }
    }

    @Scenario("SES-13")
    void aClientThatVanishesWhileJoiningLeavesNoState(Testbed testbed) {
        Peer silent = testbed.connect();
        silent.cut();
        Peer hasty = testbed.connect();
        hasty.send(new Hello(new Uri(Testbed.REALM), HelloDetails.anonymous(Peer.PLAIN)));
        hasty.cut();
        testbed.join().expectNothing();
    }

    @Scenario("SES-17")
    void resumingIsNotOffered(Testbed testbed) {
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", Map.of()), "resumable", true));
        Map<?, ?> details = (Map<?, ?>) peer.expectList().get(2);
        assertThat(details.containsKey("resumed")).isFalse();
        assertThat(details.containsKey("resumable")).isFalse();
        peer.leave();
    }

    @Scenario("SES-01")
    void optionalDetailsOfAHelloMayBeNull(Testbed testbed) {
        Map<String, @Nullable Object> details = new HashMap<>(ROLES);
        for (String key : List.of("authmethods", "authid", "authrole", "authextra", "agent", "resumable")) {
            details.put(key, null);
        }
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, details);
        peer.expectWelcome();
    }

    private static Abort abort() {
        return new Abort(CloseDetails.message("enough"), WampError.CLOSE_REALM.uri(), Payload.NONE);
    }

    private enum Leaving {
        GOODBYE,
        ABORT,
        VIOLATION,
        CUT;

        void leave(Peer peer) {
            switch (this) {
                case GOODBYE -> peer.leave();
                case ABORT -> {
                    peer.send(abort());
                    peer.expectClosed();
                }
                case VIOLATION -> {
                    peer.sendList("nonsense");
                    peer.expectViolation();
                }
                case CUT -> peer.cut();
            }
        }
    }
}
