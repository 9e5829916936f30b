package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;

/** Messages that are larger than an outbox, where {@code message_bytes} allows them and all other limits are the default ones. */
class LargeMessageScenario {
    private static final int MIB = 1 << 20;
    /** Twice the default {@code outbox_bytes}, and more. */
    private static final int LARGE = 17 * MIB;

    @Scenario({"PS-09", "PV-19"})
    void anEventLargerThanAnOutboxIsDeliveredAndSoIsTheNext(Testbed testbed) {
        accept64MiB(testbed);
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        subscriber.subscribe("topic");
        publisher.publish("topic", text(9 * MIB));
        publisher.publish("topic", text(10));
        assertThat(length(subscriber, subscriber.expect(Event.class).payload())).isEqualTo(9 * MIB);
        assertThat(length(subscriber, subscriber.expect(Event.class).payload())).isEqualTo(10);
        assertThat(testbed.router().count(Counter.EVENTS_DROPPED)).isZero();
    }

    @Scenario("RPC-10")
    void aResultLargerThanTwoOutboxesReachesItsCallerWhoStays(Testbed testbed) {
        testbed.requireLargeMessages();
        accept64MiB(testbed);
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        callee.register("procedure");
        long large = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), text(LARGE));
        long small = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), text(10));
        assertThat(length(caller, caller.expectResult(large).payload())).isEqualTo(LARGE);
        assertThat(length(caller, caller.expectResult(small).payload())).isEqualTo(10);
    }

    @Scenario("RPC-10")
    void aCallLargerThanTwoOutboxesReachesItsCallee(Testbed testbed) {
        testbed.requireLargeMessages();
        accept64MiB(testbed);
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        callee.register("procedure");
        long request = caller.call("procedure", text(20 * MIB));
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(length(callee, invocation.payload())).isEqualTo(20 * MIB);
        callee.answer(invocation, text(10));
        caller.expectResult(request);
    }

    @Scenario(value = "RPC-10", on = Scenario.Where.IN_MEMORY)
    void aSecondLargeResultForACallerWhoReadsNoneIsAnErrorAndTheCallerStays(Testbed testbed) {
        accept64MiB(testbed);
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        callee.register("procedure");
        MemoryTransport link = testbed.memory(caller);
        link.stopReading();
        long first = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), text(LARGE));
        long second = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), text(LARGE));
        link.resumeReading();
        assertThat(caller.expect(Result.class).request()).isEqualTo(first);
        ErrorMessage error = caller.expectError(Call.CODE, second, WampError.PAYLOAD_SIZE_EXCEEDED);
        assertThat(caller.arguments(error.payload()).positional().getFirst())
                .asString()
                .contains("callee's answer has " + LARGE / MIB);
    }

    private static void accept64MiB(Testbed testbed) {
        testbed.limits(ListenerLimits.DEFAULT.withMessageBytes(64 * MIB));
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static int length(Peer peer, Payload payload) {
        return String.valueOf(peer.arguments(payload).positional().getFirst()).length();
    }
}
