package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ShutdownNotice;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Section 6, STM-01: each state of the router's state machine with each input. {@link AuthenticationScenario} has the state with an
 * open challenge.
 */
class StateMachineScenario {
    private static final Map<String, Object> NONE = Map.of();
    private static final Map<String, Object> ROLES = Map.of("roles", Map.of("caller", Map.of()));

    private static final List<Object> HELLO = List.of(1, Testbed.REALM, ROLES);
    private static final List<Object> ABORT = List.of(3, NONE, "wamp.close.close_realm");
    private static final List<Object> AUTHENTICATE = List.of(5, "signature", NONE);
    private static final List<Object> GOODBYE = List.of(6, NONE, "wamp.close.close_realm");
    private static final List<List<Object>> REQUESTS = List.of(
            List.of(16, 1, NONE, "topic"),
            List.of(32, 1, NONE, "topic"),
            List.of(34, 1, 1),
            List.of(48, 1, NONE, "procedure"),
            List.of(49, 1, NONE),
            List.of(64, 1, NONE, "procedure"),
            List.of(66, 1, 1),
            List.of(70, 1, NONE),
            List.of(8, 68, 1, NONE, "some.error"));

    /** Messages that only a router may send. */
    static final List<List<Object>> ROUTER_ONLY = List.of(
            List.of(2, 1, ROLES),
            List.of(4, "ticket", NONE),
            List.of(17, 1, 1),
            List.of(33, 1, 1),
            List.of(35, 1),
            List.of(36, 1, 1, NONE),
            List.of(50, 1, NONE),
            List.of(65, 1, 1),
            List.of(67, 1),
            List.of(68, 1, 1, NONE),
            List.of(69, 1, NONE));

    @Scenario("STM-01")
    void closedHelloIsWelcomed(Testbed testbed) {
        Peer peer = testbed.connect();
        say(peer, HELLO);
        peer.expectWelcome();
    }

    @Scenario("STM-01")
    void closedRefusedHelloIsAborted(Testbed testbed) {
        Peer peer = testbed.connect();
        say(peer, List.of(1, "no.such.realm", ROLES));
        peer.expectAbort(WampError.NO_SUCH_REALM);
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void closedAbortClosesTheTransport(Testbed testbed) {
        Peer peer = testbed.connect();
        say(peer, ABORT);
        peer.expectClosed();
    }

    @Scenario({"STM-01", "PV-04", "PV-05", "PV-06"})
    void closedAnythingElseIsAViolation(Testbed testbed) {
        List<List<Object>> others = new ArrayList<>(REQUESTS);
        others.addAll(ROUTER_ONLY);
        others.add(GOODBYE);
        others.add(AUTHENTICATE);
        for (List<Object> message : others) {
            Peer peer = testbed.connect();
            say(peer, message);
            peer.expectViolation();
        }
    }

    @Scenario("STM-01")
    void closedLostTransportLeavesNothing(Testbed testbed) {
        testbed.connect().cut();
    }

    @Scenario("STM-01")
    void establishedGoodbyeIsAnsweredAndTheTransportStays(Testbed testbed) {
        Peer peer = testbed.join();
        say(peer, GOODBYE);
        assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.GOODBYE_AND_OUT.uri());
        say(peer, HELLO);
        peer.expectWelcome();
    }

    @Scenario("STM-01")
    void establishedAbortClosesTheTransport(Testbed testbed) {
        Peer peer = testbed.join();
        say(peer, ABORT);
        peer.expectClosed();
    }

    @Scenario({"STM-01", "PV-03", "PV-05", "PV-06"})
    void establishedHelloAuthenticateAndWhatOnlyRoutersSendAreViolations(Testbed testbed) {
        List<List<Object>> illegal = new ArrayList<>(ROUTER_ONLY);
        illegal.add(HELLO);
        illegal.add(AUTHENTICATE);
        for (List<Object> message : illegal) {
            Peer peer = testbed.join();
            say(peer, message);
            peer.expectViolation();
        }
    }

    @Scenario("STM-01")
    void establishedLostTransportLeavesNothing(Testbed testbed) {
        Peer peer = testbed.join();
        peer.subscribe("topic");
        peer.cut();
    }

    @Scenario("STM-01")
    void establishedOwnCloseWishSaysGoodbye(Testbed testbed) {
        Peer peer = shuttingDown(testbed);
        say(peer, GOODBYE);
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void shuttingDownAnythingElseIsIgnored(Testbed testbed) {
        Peer peer = shuttingDown(testbed);
        REQUESTS.forEach(request -> say(peer, request));
        say(peer, HELLO);
        say(peer, AUTHENTICATE);
        say(peer, GOODBYE);
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void shuttingDownAbortClosesTheTransport(Testbed testbed) {
        Peer peer = shuttingDown(testbed);
        say(peer, ABORT);
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void shuttingDownTimerDropsTheTransport(Testbed testbed) {
        Peer peer = shuttingDown(testbed);
        testbed.clock().advance(Duration.ofSeconds(5));
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void shuttingDownLostTransportLeavesNothing(Testbed testbed) {
        shuttingDown(testbed).cut();
    }

    @Scenario({"STM-01", "PV-01"})
    void failedAnythingIsIgnored(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList("nonsense");
        say(peer, HELLO);
        REQUESTS.forEach(request -> say(peer, request));
        say(peer, GOODBYE);
        peer.expectViolation();
    }

    @Scenario("STM-01")
    void failedBeforeASessionAnythingIsIgnored(Testbed testbed) {
        Peer peer = testbed.connect();
        say(peer, GOODBYE);
        say(peer, HELLO);
        peer.expectViolation();
    }

    private static Peer shuttingDown(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.join();
        testbed.router().beginShutdown();
        assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.SYSTEM_SHUTDOWN.uri());
        return peer;
    }

    private static void say(Peer peer, List<Object> message) {
        peer.sendList(message.toArray());
    }
}
