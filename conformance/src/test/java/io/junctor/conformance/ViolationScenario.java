package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.metrics.Counter;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;

/** Section 6.1: protocol violations. */
class ViolationScenario {
    private static final Map<String, Object> NONE = Map.of();

    @Scenario("PV-01")
    void aViolationIsExplainedAndTheTransportCloses(Testbed testbed) {
        Peer joined = testbed.join();
        joined.sendList(32, 1, NONE, 5);
        expectExplained(joined);
        Peer fresh = testbed.connect();
        fresh.sendList(32, 1, NONE, "topic");
        expectExplained(fresh);
    }

    @Scenario({"PV-01", "TR-WS-03"})
    void aViolationClosesWithCode1002(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList("nonsense");
        peer.expectAbort(WampError.PROTOCOL_VIOLATION);
        assertThat(peer.expectClosed()).isEqualTo(testbed.closeCode(1002));
    }

    @Scenario({"PV-01", "PV-02"})
    void othersSeeAnOrdinaryDisconnect(Testbed testbed) {
        Peer offender = testbed.join();
        offender.register("procedure");
        offender.subscribe("topic");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        offender.expect(Invocation.class);
        offender.sendList(999);
        offender.expectViolation();
        caller.expectError(Call.CODE, request, WampError.CANCELED);
        caller.register("procedure");
        caller.publish("topic");
    }

    @Scenario(value = "PV-02", on = Scenario.Where.IN_MEMORY)
    void anOffenderThatDoesNotReadHoldsNothingUp(Testbed testbed) {
        Peer offender = testbed.join();
        offender.register("procedure");
        Peer other = testbed.join();
        long request = other.call("procedure");
        offender.expect(Invocation.class);
        MemoryTransport link = testbed.memory(offender);
        link.stopReading();
        offender.sendList("nonsense");
        other.expectError(Call.CODE, request, WampError.CANCELED);
        other.register("procedure");
        link.resumeReading();
        offender.expectViolation();
    }

    @Scenario("PV-03")
    void aSecondHelloIsAViolation(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", NONE)));
        peer.expectViolation();
    }

    @Scenario({"PV-04", "MSG-10"})
    void theFirstMessageMustBeHelloOrAbort(Testbed testbed) {
        for (List<Object> first : List.<List<Object>>of(
                List.of(6, NONE, "wamp.close.close_realm"),
                List.of(8, 68, 1, NONE, "some.error"),
                List.of(48, 1, NONE, "procedure"))) {
            Peer peer = testbed.connect();
            peer.sendList(first.toArray());
            peer.expectViolation();
        }
    }

    @Scenario("PV-06")
    void messagesThatOnlyRoutersSendAreViolations(Testbed testbed) {
        for (List<Object> message : StateMachineScenario.ROUTER_ONLY) {
            Peer peer = testbed.join();
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario("PV-07")
    void anErrorMayOnlyAnswerAnInvocation(Testbed testbed) {
        for (int type : new int[] {0, 16, 32, 34, 48, 64, 66, 70}) {
            Peer peer = testbed.join();
            peer.sendList(8, type, 1, NONE, "some.error");
            peer.expectViolation();
        }
    }

    @Scenario("PV-08")
    void anAnswerToAnInvocationThatWasNeverSentIsAViolationWhereIdsAreChecked(Testbed testbed) {
        testbed.realms(checking(RequestIdCheck.MONOTONIC));
        Peer yielding = testbed.join();
        yielding.sendList(70, 1, NONE);
        yielding.expectViolation();
        Peer failing = testbed.join();
        failing.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        failing.expect(Invocation.class);
        failing.sendList(8, 68, 2, NONE, "some.error");
        failing.expectViolation();
        caller.expectError(Call.CODE, request, WampError.CANCELED);
    }

    @Scenario({"PV-08", "PV-12"})
    void aLenientRealmDropsAnswersToInvocationsThatWereNeverSent(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join();
        // Like a client that reconnects and sends again what it could not send before.
        callee.sendList(70, 7, NONE, List.of("late"));
        callee.sendList(70, 8, Map.of("progress", true));
        callee.sendList(8, 68, 9, NONE, "some.error");
        callee.register("procedure");
        assertThat(testbed.router().count(Counter.ANSWERS_UNKNOWN)).isEqualTo(3);
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), "in time");
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("in time");
    }

    @Scenario({"PV-09", "RPC-08"})
    void aSecondAnswerIsDropped(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.answer(invocation, "first");
        callee.answer(invocation, "second");
        callee.sendList(8, 68, invocation.request(), NONE, "some.error");
        callee.expectNothing();
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("first");
        caller.expectNothing();
    }

    @Scenario({"PV-09", "RPC-11"})
    void anAnswerForACallerThatIsGoneIsDropped(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.leave();
        callee.answer(invocation);
        callee.expectNothing();
    }

    @Scenario("PV-10")
    void noSessionAnswersTheInvocationOfAnother(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer other = testbed.join();
        other.register("others");
        Peer caller = testbed.join();
        long mine = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        long others = caller.call("others");
        Invocation same = other.expect(Invocation.class);
        assertThat(same.request()).isEqualTo(invocation.request());
        other.answer(same, "other");
        assertThat(caller.arguments(caller.expectResult(others).payload()).positional())
                .containsExactly("other");
        other.answer(same, "forged");
        other.expectNothing();
        callee.answer(invocation, "true");
        assertThat(caller.arguments(caller.expectResult(mine).payload()).positional())
                .containsExactly("true");
    }

    @Scenario({"PV-11", "PV-12"})
    void aStrictRealmWantsEachIdOnceAndInOrder(Testbed testbed) {
        testbed.realms(checking(RequestIdCheck.STRICT));
        for (long wrong : new long[] {1, 2, 4, Ids.MAX}) {
            Peer peer = testbed.join();
            peer.subscribe("topic");
            peer.publish("topic");
            peer.sendList(32, wrong, NONE, "topic");
            peer.expectViolation();
        }
    }

    @Scenario("PV-12")
    void aMonotonicRealmTakesGapsButNoReuse(Testbed testbed) {
        testbed.realms(checking(RequestIdCheck.MONOTONIC));
        Peer peer = testbed.join();
        peer.sendList(32, 5, NONE, "topic");
        assertThat(peer.expect(Subscribed.class).request()).isEqualTo(5);
        peer.sendList(32, 17, NONE, "topic");
        assertThat(peer.expect(Subscribed.class).request()).isEqualTo(17);
        peer.sendList(32, 17, NONE, "topic");
        peer.expectViolation();
    }

    @Scenario("PV-12")
    void aLenientRealmTakesAnyIdButThatOfAnOpenRequest(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer peer = testbed.join();
        peer.sendList(32, 100, NONE, "topic");
        peer.expect(Subscribed.class);
        peer.sendList(32, 7, NONE, "topic");
        peer.expect(Subscribed.class);
        assertThat(testbed.router().count(Counter.REQUEST_IDS_OUT_OF_ORDER)).isEqualTo(2);
        peer.sendList(48, 8, NONE, "procedure");
        peer.sendList(48, 8, NONE, "procedure");
        callee.expect(Invocation.class);
        peer.expectViolation();
    }

    @Scenario({"PV-13", "SER-10"})
    void bytesThatAreNoMessageAreAViolation(Testbed testbed) {
        for (byte[] bytes : List.of(new byte[0], new byte[] {0}, new byte[] {(byte) 0xC1, (byte) 0xFF})) {
            Peer peer = testbed.join();
            peer.sendBytes(bytes);
            peer.expectViolation();
        }
    }

    @Scenario(
            value = {"PV-13", "TR-WS-01"},
            notOverJakarta = "a text frame that is no UTF-8 ends in the container, with code 1007")
    void aFrameOfTheWrongKindIsAViolation(Testbed testbed) {
        testbed.requireTextFrames();
        Peer joined = testbed.join();
        joined.transport().sendInWrongFrame(joined.encodeList(32, 1, NONE, "topic"));
        joined.expectViolation();
        Peer fresh = testbed.connect();
        fresh.transport().sendInWrongFrame(fresh.encodeList(1, Testbed.REALM, NONE));
        fresh.expectViolation();
    }

    @Scenario("PV-14")
    void usingAFeatureThatWasNotAnnouncedIsAViolation(Testbed testbed) {
        testbed.requireOwnRouter();
        for (List<Object> message : List.<List<Object>>of(
                List.of(48, 1, Map.of("progress", true), "procedure"),
                List.of(48, 1, Map.of("ppt_scheme", "wamp"), "procedure"),
                List.of(16, 1, Map.of("ppt_scheme", "wamp"), "topic"),
                List.of(70, 1, Map.of("ppt_scheme", "wamp")))) {
            Peer peer = testbed.join();
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"PV-15", "RPC-CANCEL-06"})
    void unknownRequestsSubscriptionsAndRegistrationsAreNoViolations(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList(49, 77, NONE);
        peer.sendList(34, peer.nextRequest(), 4_711);
        peer.expectError(34, 1, WampError.NO_SUCH_SUBSCRIPTION);
        peer.sendList(66, peer.nextRequest(), 4_711);
        peer.expectError(66, 2, WampError.NO_SUCH_REGISTRATION);
        peer.expectNothing();
    }

    @Scenario({"PV-19", "TR-WS-03", "SER-11"})
    void anOversizeMessageDropsTheTransportWithoutAbort(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        peer.expect(Invocation.class);
        peer.sendList(16, 1, NONE, "topic", List.of("x".repeat(1 << 20)));
        assertThat(peer.expectClosed()).isEqualTo(testbed.closeCode(1009));
        caller.expectError(Call.CODE, request, WampError.CANCELED);
    }

    @Scenario({"SEC-02", "SER-11"})
    void beforeWelcomeMessagesAreSmaller(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", NONE), "padding", "x".repeat(1 << 16)));
        assertThat(peer.expectClosed()).isEqualTo(testbed.closeCode(1009));
    }

    private static void expectExplained(Peer peer) {
        Abort abort = peer.expectAbort(WampError.PROTOCOL_VIOLATION);
        assertThat(abort.details().message()).isNotBlank();
        peer.expectClosed();
    }

    static RealmConfig checking(RequestIdCheck check) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        return open.toBuilder().requestIds(check).build();
    }
}
