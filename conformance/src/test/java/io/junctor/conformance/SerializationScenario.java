package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 5: serialization, as sessions see it. */
class SerializationScenario {
    private static final byte[] OCTETS = {0x10, (byte) 0xE3, (byte) 0xFF, 0, 1};

    @Scenario({"SER-01", "SER-08"})
    void valuesSurviveFromEverySerializationToEveryOther(Testbed testbed) {
        List<@Nullable Object> values = Arrays.asList(
                null, true, false, 0L, -1L, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, 1.5, -0.25, 1e300);
        Map<String, Object> nested = Map.of("list", List.of(List.of(), List.of(1L, "zwei")), "map", Map.of("", ""));
        for (Serializer from : Serializer.values()) {
            for (Serializer to : Serializer.values()) {
                Peer subscriber = testbed.join(to);
                subscriber.subscribe("topic");
                Peer publisher = testbed.join(from);
                publisher.publish("topic", values, "Grüße 日本 \ud83d\ude00", "", nested);
                assertThat(arguments(subscriber)).containsExactly(values, "Grüße 日本 \ud83d\ude00", "", nested);
                subscriber.leave();
            }
        }
    }

    @Scenario({"SER-03", "SER-04", "SER-08"})
    void octetsSurviveFromEverySerializationToEveryOther(Testbed testbed) {
        for (Serializer from : Serializer.values()) {
            for (Serializer to : Serializer.values()) {
                Peer subscriber = testbed.join(to);
                subscriber.subscribe("topic");
                testbed.join(from).publish("topic", OCTETS, new byte[0]);
                List<@Nullable Object> arrived = arguments(subscriber);
                assertThat(arrived.get(0)).isEqualTo(OCTETS);
                assertThat(arrived.get(1)).isEqualTo(new byte[0]);
                subscriber.leave();
            }
        }
    }

    @Scenario("SER-08")
    void theOrderOfKeysSurvives(Testbed testbed) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        for (String key : List.of("zulu", "alpha", "mike", "bravo")) {
            keywords.put(key, (long) keywords.size());
        }
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        testbed.join().publish("topic", keywords);
        Map<?, ?> arrived = (Map<?, ?>) arguments(subscriber).getFirst();
        assertThat(new ArrayList<>(arrived.keySet())).hasToString("[zulu, alpha, mike, bravo]");
    }

    @Scenario("SER-08")
    void integralFloatsStayFloatsWherePossible(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        testbed.join().publish("topic", 2.0);
        assertThat(arguments(subscriber)).containsExactly(2.0);
    }

    @Scenario("SER-09")
    void anEventWithoutFormInASerializationIsDroppedForThatReceiver(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer json = testbed.join(Serializer.JSON);
        Peer cbor = testbed.join(Serializer.CBOR);
        json.subscribe("topic");
        cbor.subscribe("topic");
        Peer publisher = testbed.join(Serializer.MSGPACK);
        publisher.publish("topic", Double.NaN);
        publisher.publish("topic", "next");
        assertThat(arguments(cbor)).containsExactly(Double.NaN);
        assertThat(arguments(cbor)).containsExactly("next");
        assertThat(arguments(json)).containsExactly("next");
        assertThat(testbed.router().count(Counter.EVENTS_UNREPRESENTABLE)).isEqualTo(1);
    }

    @Scenario("SER-09")
    void aCallWithoutFormInASerializationFails(Testbed testbed) {
        Peer callee = testbed.join(Serializer.JSON);
        callee.register("json.procedure");
        Peer caller = testbed.join(Serializer.CBOR);
        long request = caller.call("json.procedure", Double.POSITIVE_INFINITY);
        caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD);
        callee.expectNothing();
    }

    @Scenario("SER-09")
    void anAnswerWithoutFormInASerializationFailsTheCall(Testbed testbed) {
        Peer callee = testbed.join(Serializer.CBOR);
        callee.register("procedure");
        Peer caller = testbed.join(Serializer.JSON);
        long request = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), Double.NaN);
        caller.expectError(Call.CODE, request, WampError.INVALID_PAYLOAD);
        request = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), "fine");
        caller.expectResult(request);
    }

    @Scenario({"SER-10", "PV-13"})
    void octetsAfterTheMessageAreAViolation(Testbed testbed) {
        Peer peer = testbed.join();
        byte[] message = peer.encodeList(32, 1, Map.of(), "topic");
        peer.sendBytes(Arrays.copyOf(message, message.length + 1));
        peer.expectViolation();
    }

    @Scenario({"SER-10", "PV-13"})
    void aMessageCutShortIsAViolation(Testbed testbed) {
        byte[] whole = testbed.join().encodeList(16, 1, Map.of("acknowledge", true), "topic", List.of("text", 5));
        for (int length = 0; length < whole.length; length += 3) {
            Peer peer = testbed.join();
            byte[] message = peer.encodeList(16, 1, Map.of("acknowledge", true), "topic", List.of("text", 5));
            peer.sendBytes(Arrays.copyOf(message, Math.min(length, message.length - 1)));
            peer.expectViolation();
        }
    }

    @Scenario(
            value = {"SER-02", "SER-10"},
            notOverJakarta = "a text frame that is no UTF-8 ends in the container, with code 1007")
    void textThatIsNoUtf8IsAViolationInJson(Testbed testbed) {
        Peer peer = testbed.join(Serializer.JSON);
        byte[] message = peer.encodeList(16, 1, Map.of(), "topic", List.of("abcdefgh"));
        int at = new String(message, StandardCharsets.ISO_8859_1).indexOf("abcdefgh");
        message[at + 3] = (byte) 0xFF;
        peer.sendBytes(message);
        peer.expectViolation();
    }

    @Scenario({"SER-02", "SER-10"})
    void textThatIsNoUtf8IsAViolationInTheEnvelope(Testbed testbed) {
        Peer peer = testbed.join();
        byte[] message = peer.encodeList(16, 1, Map.of(), "abcdefgh", List.of("text"));
        int at = new String(message, StandardCharsets.ISO_8859_1).indexOf("abcdefgh");
        message[at + 3] = (byte) 0xFF;
        peer.sendBytes(message);
        peer.expectViolation();
    }

    @Scenario({"SER-11", "SEC-02"})
    void nestingHasALimit(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        Object deep = List.of();
        for (int i = 0; i < 50; i++) {
            deep = List.of(deep);
        }
        peer.publish("topic", deep);
        for (int i = 0; i < 12; i++) {
            deep = List.of(deep);
        }
        peer.sendList(16, peer.nextRequest(), Map.of(), "topic", List.of(deep));
        peer.expectViolation();
    }

    private static List<@Nullable Object> arguments(Peer peer) {
        return peer.arguments(peer.expect(Event.class).payload()).positional();
    }
}
