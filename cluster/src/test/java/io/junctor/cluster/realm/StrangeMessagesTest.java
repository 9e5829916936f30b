package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.protocol.UriSubjects;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.Uri;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Something that is no router sends what no router would: the routers drop it, count it, and go on. */
class StrangeMessagesTest {
    private static final String SCOPE = TextHash.token(RouterGroup.REALM);
    private static final String TOPIC = "com.topic";
    private static final int ROUNDS = 300;
    /** The realm, with which each message begins. */
    private static final int HEAD_BYTES = Integer.BYTES + RouterGroup.REALM.length();
    /** The position with which a message about calls ends. */
    private static final int POSITION_BYTES = 1 + Long.BYTES;

    /** A message that a router has sent. */
    private record Overheard(Traffic traffic, Message message) {}

    private final RouterGroup routers = RouterGroup.of(2);
    private final Engine stranger = routers.network().open(new RouterId(99), routers.tasks());
    private final Map<Traffic, Lane> lanes = new EnumMap<>(Traffic.class);
    private final List<Overheard> overheard = new CopyOnWriteArrayList<>();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeEach
    void overhear() {
        for (Traffic traffic : List.of(Traffic.EVENTS, Traffic.CALLS)) {
            Lane lane = stranger.lane(
                    traffic,
                    SCOPE,
                    messages -> messages.forEach(message -> overheard.add(new Overheard(traffic, message))));
            lane.subscribe(">");
            lanes.put(traffic, lane);
        }
        // One of each serialization on each router.
        for (int router : new int[] {0, 1, 0, 1, 0, 1}) {
            routers.join(router).subscribe(TOPIC);
        }
        routers.settle();
    }

    @AfterEach
    void closeRouters() {
        routers.cutClients();
        stranger.close();
        routers.close();
    }

    @Test
    void messagesThatAreCutAreDroppedAndCounted() {
        callAndPublish(1);
        List<Overheard> sent = List.copyOf(overheard);
        Map<Traffic, Long> expected = new EnumMap<>(Map.of(Traffic.EVENTS, 0L, Traffic.CALLS, 0L));
        for (Overheard each : sent) {
            byte[] whole = each.message().body();
            for (int length = 0; length < whole.length; length++) {
                send(each, Arrays.copyOf(whole, length));
            }
            expected.merge(each.traffic(), unreadableCuts(each), Long::sum);
        }
        routers.settle();
        assertThat(expected.values()).doesNotContain(0L);
        assertThat(dropped(Traffic.EVENTS)).isEqualTo(expected.get(Traffic.EVENTS));
        assertThat(dropped(Traffic.CALLS)).isEqualTo(expected.get(Traffic.CALLS));
        callAndPublish(1);
    }

    /** How many of the shorter forms of a message the routers cannot read, counted for each of them. What ends between two items can be read. */
    private static long unreadableCuts(Overheard each) {
        int bytes = each.message().body().length;
        if (each.traffic() == Traffic.CALLS) {
            // One item, if it is no acknowledgement, and its position.
            return bytes == HEAD_BYTES + POSITION_BYTES ? bytes - 1 : bytes - 2;
        }
        boolean isHeard = each.message().subject().equals(UriSubjects.subject(new Uri(TOPIC)));
        return isHeard ? 2L * (bytes - 1) : 0;
    }

    @Test
    void noEventOfAMessageThatIsCutIsDelivered() {
        callAndPublish(1);
        Overheard event = overheard.stream()
                .filter(each -> each.message().subject().equals(UriSubjects.subject(new Uri(TOPIC))))
                .findAny()
                .orElseThrow();
        Peer subscriber = routers.join(0);
        long subscription = subscriber.subscribe(TOPIC);
        byte[] one = event.message().body();
        byte[] two = Arrays.copyOf(one, 2 * one.length - HEAD_BYTES);
        System.arraycopy(one, HEAD_BYTES, two, one.length, one.length - HEAD_BYTES);
        send(event, Arrays.copyOf(two, two.length - 1));
        routers.settle();
        routers.join(1).publish(TOPIC, "next");
        assertThat(subscriber.expectEvent(subscription)).containsExactly("next");
        assertThat(dropped(Traffic.EVENTS)).isEqualTo(2);
    }

    @Test
    void changedMessagesDoNotPreventOthers() {
        callAndPublish(3);
        List<Overheard> sent = List.copyOf(overheard);
        for (int round = 0; round < ROUNDS; round++) {
            for (Overheard each : sent) {
                byte[] changed = each.message().body().clone();
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                send(each, changed);
            }
            routers.settle();
        }
        assertThat(dropped(Traffic.EVENTS)).as("seed %d", seed).isPositive();
        assertThat(dropped(Traffic.CALLS)).as("seed %d", seed).isPositive();
        callAndPublish(3);
    }

    @Test
    void messagesOfOtherLanesAreDroppedAndCounted() {
        callAndPublish(1);
        List<Overheard> sent = List.copyOf(overheard);
        for (Overheard each : sent) {
            Traffic other = each.traffic() == Traffic.EVENTS ? Traffic.CALLS : Traffic.EVENTS;
            String subject = other == Traffic.CALLS ? routers.id(0).toString() : UriSubjects.subject(new Uri(TOPIC));
            lane(other).publish(subject, each.message().body());
        }
        routers.settle();
        // Both routers have subscribers.
        assertThat(dropped(Traffic.EVENTS)).isEqualTo(2 * count(sent, Traffic.CALLS));
        assertThat(dropped(Traffic.CALLS)).isEqualTo(count(sent, Traffic.EVENTS));
        callAndPublish(1);
    }

    private static long count(List<Overheard> messages, Traffic traffic) {
        return messages.stream().filter(each -> each.traffic() == traffic).count();
    }

    private void send(Overheard original, byte[] body) {
        lane(original.traffic()).publish(original.message().subject(), body);
    }

    private Lane lane(Traffic traffic) {
        return lanes.get(traffic);
    }

    /** How many messages both routers could not read. */
    private long dropped(Traffic traffic) {
        return routers.figure(0, traffic, Figure.DROPPED_UNREADABLE)
                + routers.figure(1, traffic, Figure.DROPPED_UNREADABLE);
    }

    /** Clients of each serialization get events and answers of clients of the other router. */
    private void callAndPublish(int rounds) {
        for (int round = 0; round < rounds; round++) {
            Peer here = routers.join(0);
            Peer there = routers.join(1);
            long subscription = here.subscribe(TOPIC);
            there.register("com.procedure");
            there.publish(TOPIC, 7L, "seven");
            assertThat(here.expectEvent(subscription)).as("seed %d", seed).containsExactly(7L, "seven");
            long request = here.call("com.procedure", 1L, "one");
            Invocation invocation = there.expect(Invocation.class);
            there.answer(invocation);
            assertThat(here.expect(Result.class).request()).as("seed %d", seed).isEqualTo(request);
            here.close();
            there.close();
            routers.settle();
        }
    }
}
