package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBED;
import static io.junctor.conformance.hostile.HostileConnection.UNSUBSCRIBE;

import io.junctor.testkit.WebSocketTransport.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attacks by publications. */
final class EventAttacks {
    private static final String LARGE = "x".repeat(1_000_000);

    private EventAttacks() {}

    /** Many retained events, then one who asks again and again for those that fit a pattern. */
    static void retainedByWildcard(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection publisher = attacker.join();
        String name = attacker.freshName();
        int topics = attacker.between(2_000, 6_000);
        for (int i = 0; i < topics && !attacker.isOver() && !publisher.isClosed(); i++) {
            publisher.request(PUBLISH, Map.of("retain", true), name + "." + i + ".x", List.of(i));
        }
        HostileConnection subscriber = attacker.join();
        while (!attacker.isOver() && !subscriber.isClosed()) {
            String pattern = attacker.random().nextBoolean() ? "..x" : name + "..nothing";
            subscriber.request(SUBSCRIBE, Map.of("match", "wildcard", "get_retained", true), pattern);
            List<@Nullable Object> answer = subscriber.receive();
            while (!answer.isEmpty() && !HostileConnection.isOfType(answer, SUBSCRIBED)) {
                answer = subscriber.receive();
            }
            if (!answer.isEmpty()) {
                subscriber.request(UNSUBSCRIBE, answer.get(2));
            }
        }
    }

    /** Sessions that send messages of a megabyte while another one keeps the realm busy. */
    static void mailboxFlood(Attacker attacker) throws IOException, InterruptedException {
        List<HostileConnection> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            senders.add(attacker.join());
        }
        HostileConnection busy = attacker.join();
        busy.ask(SUBSCRIBE, Map.of(), "busy");
        List<Object> ids = EqualHashes.ids(30_000);
        while (!attacker.isOver() && !busy.isClosed()) {
            busy.request(PUBLISH, Map.of("exclude", ids, "exclude_me", false), "busy", List.of(1));
            for (HostileConnection sender : senders) {
                int length = attacker.between(LARGE.length() / 2, LARGE.length());
                sender.request(PUBLISH, Map.of(), "flood", List.of(LARGE.substring(0, length)));
            }
        }
    }

    /** Publications as fast as they may be to a hundred readers, of whom some read and some do not. */
    static void firehose(Attacker attacker) throws IOException, InterruptedException {
        String topic = attacker.freshName();
        for (int i = 0; i < 100 && !attacker.isOver(); i++) {
            HostileConnection reader = attacker.join(i % 10 == 0 ? Reading.NEVER : Reading.DISCARD);
            reader.request(SUBSCRIBE, Map.of(), topic);
        }
        HostileConnection publisher = attacker.join();
        String text = "x".repeat(attacker.between(10, 500));
        while (!attacker.isOver() && !publisher.isClosed()) {
            publisher.request(PUBLISH, Map.of(), topic, List.of(text));
        }
    }

    /** A subscriber that reads nothing, and large events for it. */
    static void neverReadingSubscriber(Attacker attacker) throws IOException, InterruptedException {
        String topic = attacker.freshName();
        int readers = attacker.between(1, 10);
        for (int i = 0; i < readers; i++) {
            attacker.join(Reading.NEVER).request(SUBSCRIBE, Map.of(), topic);
        }
        HostileConnection publisher = attacker.join();
        while (!attacker.isOver() && !publisher.isClosed()) {
            int length = attacker.between(1_000, LARGE.length());
            publisher.request(PUBLISH, Map.of(), topic, List.of(LARGE.substring(0, length)));
        }
    }
}
