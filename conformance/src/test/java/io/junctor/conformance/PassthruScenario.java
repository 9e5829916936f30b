package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 14, for publications: payload passthru mode. */
class PassthruScenario {
    private static final Roles ABLE = new Roles(Map.of(
            Role.PUBLISHER, Set.of(Feature.PAYLOAD_PASSTHRU_MODE),
            Role.SUBSCRIBER, Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
    private static final byte[] SEALED = {0, 1, (byte) 0xff, 0, 42};

    @Scenario({"PPT-01", "PPT-03", "PPT-06"})
    void thePayloadAndItsFourOptionsReachEverySubscriber(Testbed testbed) {
        List<Peer> subscribers = List.of(testbed.join(ABLE), testbed.join());
        subscribers.forEach(subscriber -> subscriber.subscribe("topic"));
        Peer publisher = testbed.join(ABLE);
        publish(publisher, Map.of("ppt_cipher", "x_cipher", "ppt_keyid", "k1", "ppt_serializer", "x_s"), SEALED);
        publisher.expect(Published.class);
        for (Peer subscriber : subscribers) {
            Event event = subscriber.expect(Event.class);
            assertThat(event.details().passthru()).isEqualTo(new PassthruOptions("x_scheme", "x_s", "x_cipher", "k1"));
            assertThat(subscriber.arguments(event.payload()).positional()).hasSize(1);
            assertThat((byte[])
                            subscriber.arguments(event.payload()).positional().get(0))
                    .isEqualTo(SEALED);
        }
    }

    @Scenario("PPT-01")
    void anEmptySchemeCountsAsAbsent(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publish(publisher, Map.of("ppt_scheme", ""), 1L, 2L);
        publisher.expect(Published.class);
        assertThat(subscriber.expect(Event.class).details().passthru()).isNull();
    }

    @Scenario("PPT-02")
    void payloadPassthruNeedsExactlyOneArgument(Testbed testbed) {
        Peer subscriber = testbed.join(ABLE);
        subscriber.subscribe("topic");
        Peer publisher = testbed.join(ABLE);
        for (Object[] arguments : new Object[][] {{}, {SEALED, SEALED}}) {
            long request = publish(publisher, Map.of(), arguments);
            publisher.expectError(16, request, WampError.INVALID_ARGUMENT);
        }
        long request = publisher.nextRequest();
        publisher.sendList(
                16,
                request,
                Map.of("acknowledge", true, "ppt_scheme", "x_scheme"),
                "topic",
                List.of(SEALED),
                Map.of("word", 1L));
        publisher.expectError(16, request, WampError.INVALID_ARGUMENT);
        subscriber.expectNothing();
    }

    @Scenario("PPT-02")
    void emptyKeywordArgumentsBesideThePayloadAreFine(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join(ABLE);
        publisher.sendList(
                16,
                publisher.nextRequest(),
                Map.of("acknowledge", true, "ppt_scheme", "x_scheme"),
                "topic",
                List.of(SEALED),
                Map.of());
        publisher.expect(Published.class);
        Event event = subscriber.expect(Event.class);
        assertThat(subscriber.arguments(event.payload()).positional()).containsExactly(SEALED);
    }

    @Scenario({"PPT-04", "PV-14"})
    void payloadPassthruWithoutAnnouncementIsAViolation(Testbed testbed) {
        Peer publisher = testbed.join();
        publish(publisher, Map.of(), SEALED);
        publisher.expectViolation();
    }

    private static long publish(Peer publisher, Map<String, Object> options, Object... arguments) {
        Map<String, Object> all = new HashMap<>(Map.of("acknowledge", true, "ppt_scheme", "x_scheme"));
        all.putAll(options);
        long request = publisher.nextRequest();
        publisher.sendList(16, request, all, "topic", List.of(arguments));
        return request;
    }
}
