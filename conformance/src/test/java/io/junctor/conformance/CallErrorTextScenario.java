package io.junctor.conformance;

import static io.junctor.conformance.ErrorTexts.expectText;
import static io.junctor.conformance.ErrorTexts.expectViolation;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of errors about calls, each as a caller or callee gets it. */
class CallErrorTextScenario {
    private static final Roles PROGRESSIVE_CALLER =
            new Roles(Map.of(Role.CALLER, Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS)));
    private static final Roles PROGRESSIVE_CALLEE =
            Callees.with(Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING);

    @Scenario(value = "RPC-12", on = Scenario.Where.IN_MEMORY)
    void aCalleeThatReadsTooSlowlyIsNamedByItsProcedure(Testbed testbed) {
        limits(testbed, RealmLimits.DEFAULT.withOutbox(1 << 20, 2, SlowSubscriber.DROP));
        Peer callee = testbed.join();
        callee.register("plant.door");
        testbed.memory(callee).stopReading();
        Peer caller = testbed.join();
        caller.call("plant.door");
        caller.call("plant.door");
        caller.call("plant.door");
        expectText(caller, "plant.door: the callee reads too slowly: its outbox is full");
        callee.cut();
        expectText(caller, "plant.door: the callee left before it answered");
        expectText(caller, "plant.door: the callee left before it answered");
    }

    @Scenario(value = "EXT-01", on = Scenario.Where.IN_MEMORY)
    void calleesAtTheirLimitOfOpenInvocationsAreNamed(Testbed testbed) {
        limits(testbed, RealmLimits.DEFAULT.withWaitingCalls(1));
        Peer callee = testbed.join();
        Callees.register(callee, "plant.door", Map.of("concurrency", 1));
        Peer caller = testbed.join();
        for (int i = 0; i < 3; i++) {
            caller.call("plant.door");
        }
        expectText(
                caller,
                "plant.door: every callee has reached its limit of open invocations, and the queue is full (limit"
                        + " waiting_calls)");
        callee.answer(callee.expect(Invocation.class));
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(1);
        caller.expectResult(2);
    }

    @Scenario(value = "RPC-REROUTE-01", on = Scenario.Where.IN_MEMORY)
    void calleesThatAreAllUnavailableAreNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join(Callees.with(Feature.CALL_REROUTE));
        Callees.register(callee, "plant.door", Map.of("invoke", "roundrobin"));
        Peer caller = testbed.join();
        caller.call("plant.door");
        Callees.unavailable(callee, callee.expect(Invocation.class));
        expectText(caller, "plant.door: every callee answered that it is unavailable");
    }

    @Scenario(value = "PPT-02", on = Scenario.Where.IN_MEMORY)
    void aSideThatDoesNotAnnouncePassthruIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Roles able = new Roles(Map.of(
                Role.CALLER,
                Set.of(Feature.PAYLOAD_PASSTHRU_MODE),
                Role.CALLEE,
                Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
        Peer plain = testbed.join();
        plain.register("plant.door");
        Peer caller = testbed.join(able);
        Callees.call(caller, "plant.door", Map.of("ppt_scheme", "x_scheme"), (Object) new byte[] {1});
        expectText(caller, "plant.door: the callee does not announce payload_passthru_mode");

        Peer callee = testbed.join(able);
        callee.register("plant.lamp");
        plain.call("plant.lamp");
        Invocation invocation = callee.expect(Invocation.class);
        callee.sendList(70, invocation.request(), Map.of("ppt_scheme", "x_scheme"), List.of((Object) new byte[] {1}));
        expectText(plain, "plant.lamp: the caller does not announce payload_passthru_mode");
        callee.expectError(70, invocation.request(), WampError.FEATURE_NOT_SUPPORTED);
    }

    @Scenario(value = "RPC-CANCEL-01", on = Scenario.Where.IN_MEMORY)
    void anEndedCallIsNamedByItsProcedure(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join();
        callee.register("plant.door");
        Peer caller = testbed.join();
        caller.sendList(49, caller.call("plant.door"), Map.of());
        expectText(caller, "plant.door: the call was canceled");
        callee.expect(Invocation.class);
        Callees.call(caller, "plant.door", Map.of("timeout", 1_000));
        callee.expect(Invocation.class);
        testbed.clock().advance(Duration.ofSeconds(2));
        expectText(caller, "plant.door: the call took longer than its timeout");
        caller.call("plant.door");
        callee.expect(Invocation.class);
        callee.cut();
        expectText(caller, "plant.door: the callee left before it answered");
    }

    @Scenario(value = "RPC-PROG-06", on = Scenario.Where.IN_MEMORY)
    void aCallerThatReadsItsResultsTooSlowlyIsTold(Testbed testbed) {
        limits(testbed, RealmLimits.DEFAULT.withOutbox(1 << 20, 8, SlowSubscriber.DROP));
        Peer callee = testbed.join(Callees.with(Feature.PROGRESSIVE_CALL_RESULTS, Feature.CALL_CANCELING));
        callee.register("plant.door");
        Peer caller = testbed.join(new Roles(Map.of(Role.CALLER, Set.of(Feature.PROGRESSIVE_CALL_RESULTS))));
        Callees.call(caller, "plant.door", Map.of("receive_progress", true));
        Invocation invocation = callee.expect(Invocation.class);
        MemoryTransport link = testbed.memory(caller);
        link.stopReading();
        for (int i = 0; i < 20; i++) {
            callee.sendList(70, invocation.request(), Map.of("progress", true));
        }
        Callees.expectInterrupt(callee, invocation);
        link.resumeReading();
        while (link.unreadMessages() > 1) {
            caller.expectList();
        }
        expectText(caller, "plant.door: the caller reads the results too slowly: its outbox is full");
    }

    @Scenario(value = "RPC-10", on = Scenario.Where.IN_MEMORY)
    void anOpenCallThatIsTooLargeIsNamedWithTheLimit(Testbed testbed) {
        limits(testbed, RealmLimits.DEFAULT.withOutbox(4_096, 100, SlowSubscriber.DROP));
        Peer callee = testbed.join();
        callee.register("plant.door");
        Peer caller = testbed.join();
        for (int i = 0; i < 100; i++) {
            caller.call("plant.door");
        }
        expectText(
                caller,
                "with this call, the open calls of this session use more than 4096 bytes, the limit (outbox_bytes), or"
                        + " more than their share of what all sessions may use (outbox_heap_percent)");
        caller.cut();
        callee.cut();
    }

    @Scenario(value = "RPC-10", on = Scenario.Where.IN_MEMORY)
    void anAnswerWithoutRoomIsNamedWithItsSize(Testbed testbed) {
        limits(testbed, RealmLimits.DEFAULT.withOutbox(16_384, 100, SlowSubscriber.DROP));
        Peer callee = testbed.join(Serializer.JSON);
        callee.register("plant.door");
        Peer caller = testbed.join(Serializer.JSON);
        MemoryTransport link = testbed.memory(caller);
        link.stopReading();
        for (int i = 0; i < 2; i++) {
            caller.call("plant.door");
            callee.answer(callee.expect(Invocation.class), "x".repeat(20_000));
        }
        link.resumeReading();
        caller.expectResult(1);
        // An answer that comes from another router keeps its own bytes only; one of this router keeps the YIELD.
        String waiting = testbed.isClustered() ? "20260" : "20270";
        expectText(
                caller,
                "plant.door: the callee's answer has 20004 bytes and " + waiting + " bytes wait for the caller already,"
                        + " more than outbox_bytes or the heap allows");
    }

    @Scenario(value = "SER-09", on = Scenario.Where.IN_MEMORY)
    void whatTheSerializationOfTheOtherSideLacksIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join(Serializer.JSON);
        callee.register("plant.door");
        Peer caller = testbed.join(Serializer.CBOR);
        caller.call("plant.door", Double.NaN);
        expectText(
                caller,
                "plant.door: the call cannot be sent in the callee's serialization: argument 0: NaN and Infinity cannot"
                        + " be expressed in JSON");
        Peer binary = testbed.join(Serializer.CBOR);
        binary.register("plant.lamp");
        callee.call("plant.lamp");
        binary.answer(binary.expect(Invocation.class), Double.NaN);
        expectText(
                callee,
                "the callee's answer cannot be sent in the caller's serialization: argument 0: NaN and Infinity cannot be"
                        + " expressed in JSON");
    }

    @Scenario(value = "RPC-01", on = Scenario.Where.IN_MEMORY)
    void aRefusedRegistrationNamesTheProcedureAndWhy(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        testbed.realms(open.toBuilder()
                .limits(open.limits().withNames(new RealmLimits.Names(1_000, 64, 1_000, 1, 1)))
                .build());
        Peer peer = testbed.join();
        peer.register("plant.door");
        Peer other = testbed.join();
        other.sendList(64, other.nextRequest(), Map.of(), "plant.door");
        expectText(other, "the procedure plant.door is registered by another session, which does not share it");
        String shapes =
                "no pattern has empty parts at the same places as this one, and the number of such wildcard shapes"
                        + " has reached the limit wildcard_shapes or wildcard_shapes_per_session";
        Callees.register(peer, "a..b", Map.of("match", "wildcard"));
        peer.sendList(64, peer.nextRequest(), Map.of("match", "wildcard"), "..");
        expectText(peer, "..: " + shapes);
        peer.sendList(32, peer.nextRequest(), Map.of("match", "wildcard"), "a..b");
        peer.expect(Subscribed.class);
        peer.sendList(32, peer.nextRequest(), Map.of("match", "wildcard"), "..");
        expectText(peer, "..: " + shapes);
    }

    @Scenario(
            value = {"RPC-08", "RPC-PINV-01"},
            on = Scenario.Where.IN_MEMORY)
    void aCallThatBreaksTheProtocolIsTold(Testbed testbed) {
        testbed.realms(ViolationScenario.checking(RequestIdCheck.STRICT));
        Peer callee = testbed.join(PROGRESSIVE_CALLEE);
        callee.register("plant.door");
        Peer plain = testbed.join();
        Callees.call(plain, "plant.door", Map.of("progress", true));
        expectViolation(plain, "CALL with progress where progressive_call_invocations is not announced");

        Peer other = testbed.join(PROGRESSIVE_CALLER);
        long request = Callees.call(other, "plant.door", Map.of("progress", true));
        other.sendList(48, request, Map.of("progress", true), "plant.lamp");
        expectViolation(other, "CALL continues an open call but names another procedure");

        Peer over = testbed.join(PROGRESSIVE_CALLER);
        request = Callees.call(over, "plant.door", Map.of("progress", true));
        over.sendList(48, request, Map.of(), "plant.door");
        over.sendList(48, request, Map.of(), "plant.door");
        expectViolation(over, "CALL repeats the request id of an open call whose final CALL has arrived");
        callee.cut();
    }

    @Scenario(value = "RPC-08", on = Scenario.Where.IN_MEMORY)
    void aCallThatRepeatsAnOpenRequestIsTold(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join();
        callee.register("plant.door");
        Peer caller = testbed.join();
        long request = caller.call("plant.door");
        caller.sendList(48, request, Map.of(), "plant.door");
        expectViolation(caller, "CALL repeats the request id of an open call");
        callee.cut();
    }

    private static void limits(Testbed testbed, RealmLimits limits) {
        testbed.realms(
                RealmConfig.open(Testbed.REALM).toBuilder().limits(limits).build());
    }
}
