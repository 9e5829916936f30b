package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sections 4 and 5: faults that fail a request and do not end the session. */
class InvalidRequestScenario {
    private static final Map<String, Object> NONE = Map.of();
    private static final String MARKED = "abcdefgh";
    private static final Roles IN_PARTS = new Roles(Map.of(
            Role.CALLER,
            Set.of(Feature.PROGRESSIVE_CALL_RESULTS, Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING),
            Role.CALLEE,
            Set.of(Feature.PROGRESSIVE_CALL_RESULTS, Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING)));

    @Scenario({"SER-04", "SER-10"})
    void aCallWhoseArgumentsCannotBeReadFails(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.nextRequest();
        sendBroken(caller, 48, request, NONE, "procedure", List.of(1, MARKED));
        assertThat(text(caller, caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD)))
                .startsWith("argument 1: ")
                .matches(".* at byte [0-9]+");
        callee.expectNothing();
        long next = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(next);
    }

    @Scenario({"SEC-02", "SER-11"})
    void argumentsOfTheRoutersOwnProceduresHaveALimit(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        long request = peer.call("wamp.session.count", "x".repeat(1 << 16));
        assertThat(text(peer, peer.expectError(Call.CODE, request, WampError.INVALID_ARGUMENT)))
                .matches(
                        "wamp.session.count: the arguments have 655[0-9]{2} bytes, over the limit of 65536 bytes for the"
                                + " router's own procedures");
        long next = peer.call("wamp.session.count");
        peer.expectResult(next);
    }

    @Scenario({"SEC-02", "SER-11"})
    void optionsHaveALimitedNumberOfKeys(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        Map<String, Object> options = new HashMap<>();
        for (int i = 0; i <= 1_000; i++) {
            options.put("x_" + i, i);
        }
        peer.sendList(48, peer.nextRequest(), options, "procedure");
        assertThat(peer.expectViolation().details().message())
                .contains("options with more than the limit of 1000 keys");
    }

    @Scenario({"SER-04", "SER-10"})
    void aPublicationWhoseArgumentsCannotBeReadFailsOrIsDropped(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        long request = publisher.nextRequest();
        sendBroken(publisher, 16, request, Map.of("acknowledge", true), "topic", List.of(), Map.of("key", MARKED));
        assertThat(text(publisher, publisher.expectError(Publish.CODE, request, WampError.INVALID_PAYLOAD)))
                .startsWith("argument 'key': ");
        sendBroken(publisher, 16, publisher.nextRequest(), NONE, "topic", List.of(MARKED));
        publisher.publish("topic", "next");
        assertThat(subscriber
                        .arguments(subscriber.expect(Event.class).payload())
                        .positional())
                .containsExactly("next");
        assertThat(testbed.router().count(Counter.REQUESTS_INVALID)).isEqualTo(2);
    }

    @Scenario({"SER-04", "SER-10", "RPC-08"})
    void aResultThatCannotBeReadIsAnErrorOfTheCalleeToItsCaller(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        long invocation = callee.expect(Invocation.class).request();
        sendBroken(callee, 70, invocation, NONE, List.of(MARKED));
        assertThat(text(caller, caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD)))
                .startsWith("procedure: the callee's result cannot be passed on: argument 0: ");
        callee.sendList(70, invocation, NONE);
        callee.expectNothing();
        caller.expectNothing();
    }

    @Scenario({"SER-04", "SER-10"})
    void anErrorThatCannotBeReadReachesTheCallerWithoutItsArguments(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        sendBroken(callee, 8, 68, callee.expect(Invocation.class).request(), NONE, "some.error", List.of(MARKED));
        assertThat(text(caller, caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD)))
                .startsWith("procedure: the arguments of the callee's error cannot be passed on: argument 0: ");
        callee.expectNothing();
    }

    @Scenario({"SER-04", "SER-10"})
    void aPartialResultThatCannotBeReadEndsTheCall(Testbed testbed) {
        Peer callee = testbed.join(IN_PARTS);
        callee.register("procedure");
        Peer caller = testbed.join(IN_PARTS);
        long request = caller.nextRequest();
        caller.sendList(48, request, Map.of("receive_progress", true), "procedure");
        long invocation = callee.expect(Invocation.class).request();
        callee.sendList(70, invocation, Map.of("progress", true), List.of("first"));
        caller.expect(Result.class);
        sendBroken(callee, 70, invocation, Map.of("progress", true), List.of(MARKED));
        caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD);
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation);
    }

    @Scenario({"SER-04", "SER-10"})
    void aPartOfACallThatCannotBeReadEndsTheCall(Testbed testbed) {
        Peer callee = testbed.join(IN_PARTS);
        callee.register("procedure");
        Peer caller = testbed.join(IN_PARTS);
        long request = caller.nextRequest();
        caller.sendList(48, request, Map.of("progress", true), "procedure");
        long invocation = callee.expect(Invocation.class).request();
        sendBroken(caller, 48, request, NONE, "procedure", List.of(MARKED));
        caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD);
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation);
        callee.expectNothing();
    }

    @Scenario("SER-02")
    void halfOfASurrogatePairArrivesAsTheReplacementCharacter(Testbed testbed) {
        Peer publisher = testbed.join(Serializer.JSON);
        for (Serializer serializer : Serializer.values()) {
            Peer subscriber = testbed.join(serializer);
            subscriber.subscribe("topic");
            String message = "[16,%d,{},\"topic\",[\"a\\ud83d\",\"\\ude00b\"]]".formatted(publisher.nextRequest());
            publisher.sendBytes(message.getBytes(StandardCharsets.UTF_8));
            byte[] event = subscriber.expectBytes();
            assertThat(new String(event, StandardCharsets.ISO_8859_1)).doesNotContain("\\ud83d", "\\ude00");
            subscriber.leave();
        }
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        publisher.sendBytes("[16,%d,{},\"topic\",[\"a\\ud83d\",\"\\ude00b\"]]"
                .formatted(publisher.nextRequest())
                .getBytes(StandardCharsets.UTF_8));
        assertThat(subscriber
                        .arguments(subscriber.expect(Event.class).payload())
                        .positional())
                .containsExactly("a\uFFFD", "\uFFFDb");
    }

    @Scenario("SER-09")
    void datesAndUuidsOfBinarySerializationsArriveAsText(Testbed testbed) {
        Peer publisher = testbed.join(Serializer.CBOR);
        Peer subscriber = testbed.join(Serializer.JSON);
        subscriber.subscribe("topic");
        publisher.nextRequest();
        publisher.sendBytes(HexFormat.of()
                .parseHex("851001a065746f70696384" + "c11a514b67b0" + "d8255000112233445566778899aabbccddeeff"
                        + "c074323031332d30332d32315432303a30343a30305a" + "d840420102"));
        assertThat(subscriber
                        .arguments(subscriber.expect(Event.class).payload())
                        .positional())
                .containsExactly(
                        "2013-03-21T20:04:00Z",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "2013-03-21T20:04:00Z",
                        new byte[] {1, 2});
        publisher.expectNothing();
    }

    @Scenario("MSG-04")
    void anOptionWithAnUnknownValueFailsItsRequest(Testbed testbed) {
        Peer peer = testbed.join();
        long subscribe = peer.nextRequest();
        peer.sendList(32, subscribe, Map.of("match", "regex"), "topic");
        assertThat(text(peer, peer.expectError(Subscribe.CODE, subscribe, WampError.INVALID_ARGUMENT)))
                .contains("'match'");
        long register = peer.nextRequest();
        peer.sendList(64, register, Map.of("invoke", "sometimes"), "procedure");
        assertThat(text(peer, peer.expectError(Register.CODE, register, WampError.INVALID_ARGUMENT)))
                .contains("'invoke'");
        peer.subscribe("topic");
        peer.register("procedure");
    }

    @Scenario({"MSG-04", "RPC-CANCEL-01"})
    void aCancelOfAnUnknownModeIsDropped(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.sendList(49, request, Map.of("mode", "gently"));
        callee.answer(invocation);
        caller.expectResult(request);
    }

    private static String text(Peer peer, ErrorMessage error) {
        return (String) peer.arguments(error.payload()).positional().getFirst();
    }

    /** Sends a message in which the text {@link #MARKED} is replaced by bytes that its serialization does not allow. */
    private static void sendBroken(Peer peer, Object... elements) {
        byte[] message = peer.encodeList(elements);
        byte[] wrong = peer.serializer() == Serializer.JSON
                ? "\\u0000ab".getBytes(StandardCharsets.UTF_8)
                : new byte[] {'a', 'b', 'c', (byte) 0xFF, 'e', 'f', 'g', 'h'};
        int at = new String(message, StandardCharsets.ISO_8859_1).indexOf(MARKED);
        System.arraycopy(wrong, 0, message, at, wrong.length);
        peer.sendBytes(message);
    }
}
