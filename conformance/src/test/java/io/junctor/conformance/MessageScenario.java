package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Section 3: the structure of messages. */
class MessageScenario {
    private static final Map<String, Object> NONE = Map.of();

    /** Each request a client may send in a session, as short and as long as it may be. */
    private static List<List<Object>> requests(boolean longest) {
        List<List<Object>> requests = new ArrayList<>();
        for (int withPayload : List.of(16, 48)) {
            requests.add(
                    longest
                            ? List.of(withPayload, 1, NONE, "uri", List.of(1), Map.of("k", 1))
                            : List.of(withPayload, 1, NONE, "uri"));
        }
        requests.add(longest ? List.of(70, 1, NONE, List.of(1), Map.of("k", 1)) : List.of(70, 1, NONE));
        requests.add(
                longest
                        ? List.of(8, 68, 1, NONE, "some.error", List.of(1), Map.of("k", 1))
                        : List.of(8, 68, 1, NONE, "some.error"));
        requests.add(List.of(32, 1, NONE, "uri"));
        requests.add(List.of(34, 1, 1));
        requests.add(List.of(49, 1, NONE));
        requests.add(List.of(64, 1, NONE, "uri"));
        requests.add(List.of(66, 1, 1));
        requests.add(List.of(6, NONE, "wamp.close.close_realm"));
        return requests;
    }

    @Scenario({"MSG-01", "MSG-02", "PV-13"})
    void aMessageThatIsTooShortIsAViolation(Testbed testbed) {
        for (List<Object> request : requests(false)) {
            Peer peer = testbed.join();
            peer.sendList(request.subList(0, request.size() - 1).toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"MSG-02", "PV-13"})
    void aMessageThatIsTooLongIsAViolation(Testbed testbed) {
        for (List<Object> request : requests(true)) {
            Peer peer = testbed.join();
            List<Object> longer = new ArrayList<>(request);
            longer.add(Map.of());
            peer.sendList(longer.toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"MSG-01", "MSG-09", "PV-13"})
    void unknownMessageTypesAreViolations(Testbed testbed) {
        List<List<? extends @Nullable Object>> messages = List.of(
                List.of(),
                List.of("32", 1, NONE, "topic"),
                Arrays.asList(null, 1, NONE, "topic"),
                List.of(List.of(), 1, NONE, "topic"),
                List.of(7, NONE),
                List.of(0, NONE),
                List.of(-16, 1, NONE, "topic"),
                List.of(256, NONE),
                List.of(337, 1),
                List.of(1L << 40, 1));
        for (List<? extends @Nullable Object> message : messages) {
            Peer peer = testbed.join();
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"MSG-01", "PV-13"})
    void elementsOfAnotherTypeAreAViolation(Testbed testbed) {
        List<List<? extends @Nullable Object>> messages = List.of(
                List.of(32, 1, List.of(), "topic"),
                List.of(32, 1, "options", "topic"),
                List.of(32, 1, NONE, 5),
                Arrays.asList(32, 1, NONE, null),
                List.of(16, 1, NONE, "topic", "arguments"),
                List.of(16, 1, NONE, "topic", NONE),
                List.of(16, 1, NONE, "topic", List.of(), List.of()),
                List.of(8, "68", 1, NONE, "some.error"),
                List.of(34, 1, "subscription"));
        for (List<? extends @Nullable Object> message : messages) {
            Peer peer = testbed.join();
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario("MSG-03")
    void unknownOptionsAreIgnoredAndNotForwarded(Testbed testbed) {
        Map<String, Object> options = Map.of("unheard_of", 1, "_own_key", List.of(), "x_vendor", "v");
        Peer one = testbed.join();
        one.sendList(32, one.nextRequest(), options, "topic");
        long subscription = (Long) one.expectList().get(2);
        one.sendList(64, one.nextRequest(), options, "procedure");
        long registration = (Long) one.expectList().get(2);
        Peer two = testbed.join();
        two.sendList(16, two.nextRequest(), options, "topic");
        List<@Nullable Object> event = one.expectList();
        assertThat(event).hasSize(4).startsWith(36L, subscription).endsWith(Map.of());
        two.sendList(48, two.nextRequest(), options, "procedure");
        assertThat(one.expectList()).containsExactly(68L, 1L, registration, Map.of());
        one.sendList(70, 1, Map.of("unheard_of", 1));
        assertThat(two.expectList()).containsExactly(50L, 2L, Map.of());
    }

    @Scenario({"MSG-04", "PV-13"})
    void knownOptionsOfAnotherTypeAreAViolation(Testbed testbed) {
        List<List<Object>> messages = List.of(
                List.of(16, 1, Map.of("acknowledge", 1), "topic"),
                List.of(16, 1, Map.of("exclude_me", "no"), "topic"),
                List.of(16, 1, Map.of("exclude", 5), "topic"),
                List.of(16, 1, Map.of("eligible", List.of("x")), "topic"),
                List.of(32, 1, Map.of("match", 1), "topic"),
                List.of(64, 1, Map.of("match", true), "procedure"),
                List.of(48, 1, Map.of("timeout", "soon"), "procedure"),
                List.of(48, 1, Map.of("receive_progress", 0), "procedure"),
                List.of(49, 1, Map.of("mode", 1)));
        for (List<Object> message : messages) {
            Peer peer = testbed.join();
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario("MSG-04")
    void aNullOptionCountsAsAbsent(Testbed testbed) {
        Peer peer = testbed.join();
        Map<String, @Nullable Object> options = new HashMap<>();
        options.put("acknowledge", null);
        options.put("exclude_me", null);
        options.put("exclude", null);
        peer.subscribe("topic");
        peer.sendList(16, peer.nextRequest(), options, "topic");
        peer.expectNothing();
    }

    @Scenario({"MSG-06", "MSG-07", "PS-07"})
    void emptyAndNullArgumentsAreLeftOff(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic");
        assertThat(subscriber.expectList()).hasSize(4);
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", null);
        assertThat(subscriber.expectList()).hasSize(4);
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", null, null);
        assertThat(subscriber.expectList()).hasSize(4);
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", List.of(1), null);
        assertThat(subscriber.expectList()).hasSize(5).endsWith(List.of(1L));
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", null, Map.of("k", 2));
        assertThat(subscriber.expectList()).hasSize(6).endsWith(List.of(), Map.of("k", 2L));
    }

    @Scenario({"MSG-06", "PS-07"})
    void keywordArgumentsAloneKeepTheirPlaceholder(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", List.of(), Map.of("k", "v"));
        assertThat(subscriber.expectList()).hasSize(6).endsWith(List.of(), Map.of("k", "v"));
    }

    @Scenario(value = "MSG-08", on = Scenario.Where.IN_MEMORY)
    void withEqualSerializersPayloadBytesPassUntouched(Testbed testbed) {
        testbed.requireOneSerializer();
        Peer subscriber = testbed.join(Serializer.JSON);
        subscriber.subscribe("topic");
        Peer publisher = testbed.join(Serializer.JSON);
        String payload = "[ 1.50e+1,\"\\u0041\", [ ] ]";
        publisher.sendBytes(("[16,1,{},\"topic\"," + payload + "]").getBytes(StandardCharsets.UTF_8));
        assertThat(new String(subscriber.expectBytes(), StandardCharsets.UTF_8)).endsWith("," + payload + "]");
    }

    @Scenario({"MSG-10", "MSG-11", "SES-06"})
    void anAbortOfAnyLegalLengthEndsTheSessionWithoutAnswer(Testbed testbed) {
        List<List<Object>> aborts = List.of(
                List.of(3, NONE, "wamp.close.close_realm"),
                List.of(3, Map.of("message", "enough"), "some.reason", List.of(1)),
                List.of(3, NONE, "some.reason", List.of(), Map.of("k", 1)));
        for (List<Object> abort : aborts) {
            Peer peer = testbed.join();
            peer.sendList(abort.toArray());
            peer.expectClosed();
        }
    }

    @Scenario({"MSG-11", "PV-01"})
    void anAbortOfTheRouterHasThreeElementsAndAText(Testbed testbed) {
        Peer peer = testbed.join();
        peer.sendList(32, 1, NONE);
        List<@Nullable Object> abort = peer.expectList();
        assertThat(abort).hasSize(3).startsWith(3L).endsWith("wamp.error.protocol_violation");
        assertThat(abort.get(1)).hasToString("{message=" + message(abort) + "}");
        peer.expectClosed();
    }

    @Scenario("MSG-12")
    void errorsOfTheRouterSayInTheirFirstArgumentWhatIsWrong(Testbed testbed) {
        Peer peer = testbed.join();
        peer.register("taken");
        peer.sendList(64, peer.nextRequest(), NONE, "taken");
        expectText(peer, Register.CODE);
        peer.sendList(66, peer.nextRequest(), 1);
        expectText(peer, Unregister.CODE);
        peer.sendList(34, peer.nextRequest(), 1);
        expectText(peer, 34);
        peer.sendList(32, peer.nextRequest(), NONE, "a..b");
        expectText(peer, 32);
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true), "a..b");
        expectText(peer, 16);
        peer.call("nobody.there");
        expectText(peer, Call.CODE);
    }

    @Scenario({"MSG-12", "RPC-12"})
    void anErrorForACalleeThatLeftHasAText(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        callee.expect(Invocation.class);
        callee.cut();
        ErrorMessage error = caller.expectError(Call.CODE, request, WampError.CANCELED);
        assertThat(caller.arguments(error.payload()).positional()).hasSize(1).allMatch(String.class::isInstance);
    }

    @Scenario("MSG-05")
    void keysOfKeywordArgumentsAreNotChanged(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        Map<String, Object> keywords = Map.of("", 1L, "with space", 2L, "ü", 3L, "Case", 4L);
        publisher.sendList(16, publisher.nextRequest(), NONE, "topic", List.of(), keywords);
        Event event = subscriber.expect(Event.class);
        assertThat(subscriber.arguments(event.payload()).keywords()).isEqualTo(keywords);
    }

    private static @Nullable Object message(List<@Nullable Object> abort) {
        return ((Map<?, ?>) Objects.requireNonNull(abort.get(1))).get("message");
    }

    private static void expectText(Peer peer, int type) {
        List<@Nullable Object> error = peer.expectList();
        assertThat(error).hasSize(6).startsWith(8L, (long) type);
        assertThat((List<?>) error.get(5)).singleElement().isInstanceOf(String.class);
    }
}
