package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Serializer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 1: identifiers. */
class IdsScenario {
    private static final BigInteger TWO_TO_64_LESS_1 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @Scenario("ID-01")
    void idsOutOfRangeAreViolations(Testbed testbed) {
        for (Object id : Arrays.asList(0, -1, Ids.MAX + 1, 1.5, "1", true, null, List.of())) {
            Peer peer = testbed.join();
            peer.sendList(32, id, Map.of(), "topic");
            peer.expectViolation();
        }
    }

    @Scenario("ID-01")
    void bothEndsOfTheRangeAreIds(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        for (long id : new long[] {Ids.MAX, Ids.MIN}) {
            peer.sendList(32, id, Map.of(), "topic");
            assertThat(peer.expect(Subscribed.class).request()).isEqualTo(id);
        }
    }

    @Scenario("ID-01")
    void anIntegralFloatIsAnIdInBinarySerializationsOnly(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.sendList(32, 1.0, Map.of(), "topic");
        if (peer.serializer() == Serializer.JSON) {
            peer.expectViolation();
        } else {
            assertThat(peer.expect(Subscribed.class).request()).isEqualTo(1);
        }
    }

    @Scenario("ID-02")
    void sessionAndPublicationIdsAreSpreadOverTheWholeRange(Testbed testbed) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Peer peer = testbed.join();
            ids.add(peer.session());
            ids.add(peer.publish("topic"));
            peer.close();
        }
        assertThat(ids).doesNotHaveDuplicates().allMatch(Ids::isValid);
        // All 80 below an eighth of the range, or none in its upper half: less than once in 10^24 runs.
        assertThat(ids).anyMatch(id -> id > Ids.MAX / 8).anyMatch(id -> id > Ids.MAX / 2);
    }

    @Scenario("ID-03")
    void sessionsShareTheIdOfASubscriptionAndItIsNotReused(Testbed testbed) {
        Peer one = testbed.join();
        Peer two = testbed.join();
        long subscription = one.subscribe("topic");
        assertThat(two.subscribe("topic")).isEqualTo(subscription);
        for (Peer peer : List.of(one, two)) {
            peer.send(new Unsubscribe(peer.nextRequest(), subscription));
            peer.expect(Unsubscribed.class);
        }
        assertThat(one.subscribe("topic")).isNotEqualTo(subscription);
    }

    @Scenario("ID-06")
    void invocationsAreCountedFromOneForEachCallee(Testbed testbed) {
        Peer caller = testbed.join();
        for (String procedure : List.of("first", "second")) {
            Peer callee = testbed.join();
            callee.register(procedure);
            for (long expected = 1; expected <= 3; expected++) {
                long request = caller.call(procedure);
                Invocation invocation = callee.expect(Invocation.class);
                assertThat(invocation.request()).isEqualTo(expected);
                callee.answer(invocation);
                caller.expectResult(request);
            }
        }
    }

    @Scenario("ID-08")
    void answersCarryTheIdOfTheRequest(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.sendList(32, 4_711, Map.of(), "topic");
        assertThat(peer.expect(Subscribed.class).request()).isEqualTo(4_711);
        peer.sendList(16, 4_712, Map.of("acknowledge", true), "topic");
        assertThat(peer.expect(Published.class).request()).isEqualTo(4_712);
        peer.sendList(34, 4_713, 99);
        assertThat(peer.expectList()).startsWith(8L, 34L, 4_713L);
        peer.sendList(48, 4_714, Map.of(), "nobody.registered");
        assertThat(peer.expectList()).startsWith(8L, 48L, 4_714L);
    }

    @Scenario("ID-09")
    void countersStartAgainWithASecondSessionOnTheTransport(Testbed testbed) {
        Peer caller = testbed.join();
        Peer callee = testbed.join();
        for (int session = 0; session < 2; session++) {
            callee.register("procedure");
            long request = caller.call("procedure");
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(invocation.request()).isEqualTo(1);
            callee.answer(invocation);
            caller.expectResult(request);
            callee.leave();
            callee.join(Testbed.REALM);
        }
    }

    @Scenario("ID-10")
    void unsigned64BitIntegersNeverWrap(Testbed testbed) {
        Peer subscriber = testbed.join();
        subscriber.subscribe("topic");
        Peer publisher = testbed.join();
        publisher.publish(
                "topic", TWO_TO_64_LESS_1, TWO_TO_64_LESS_1.add(BigInteger.ONE).shiftRight(1));
        List<@Nullable Object> values =
                subscriber.arguments(subscriber.expect(Event.class).payload()).positional();
        assertThat(values).containsExactly(TWO_TO_64_LESS_1, BigInteger.ONE.shiftLeft(63));
        publisher.sendList(32, TWO_TO_64_LESS_1, Map.of(), "topic");
        publisher.expectViolation();
    }
}
