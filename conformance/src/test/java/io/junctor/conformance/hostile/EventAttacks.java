package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBED;
import static io.junctor.conformance.hostile.HostileConnection.UNSUBSCRIBE;

import io.junctor.testkit.WebSocketTransport.ReadMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attacks by publications. */
final class EventAttacks {
    private static final String LARGE = "x".repeat(1_000_000);
    /** Each publication to a topic with so many prefixes for several sessions takes the realm long. */
    private static final int PATTERNS = 800;

    private EventAttacks() {}

    /** Many retained events, then one who asks again and again for those that fit a pattern. */
    static void retainedByWildcard(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection publisher = attacker.join();
        String name = attacker.freshName();
        int topics = attacker.between(2_000, 6_000);
        for (int i = 0; i < topics && attacker.mayUse(publisher); i++) {
            publisher.request(PUBLISH, Map.of("retain", true), name + "." + i + ".x", List.of(i));
        }
        HostileConnection subscriber = attacker.join();
        int subscriptions = attacker.between(100, 500);
        for (int i = 0; i < subscriptions && attacker.mayUse(subscriber); i++) {
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

    /** Large messages of many sessions, while short ones that take the realm long keep it busy. */
    static void mailboxFlood(Attacker attacker) throws IOException, InterruptedException {
        String topic = attacker.freshName() + "x".repeat(PATTERNS);
        for (HostileConnection subscriber : attacker.join(5)) {
            for (int i = 0; i < PATTERNS && attacker.mayUse(subscriber); i++) {
                subscriber.request(
                        SUBSCRIBE, Map.of("match", "prefix"), topic.substring(0, topic.length() - PATTERNS + i));
            }
        }
        List<HostileConnection> busy = attacker.join(4);
        List<HostileConnection> senders = attacker.join(24);
        Map<String, Object> toNobody = Map.of("eligible", EqualHashes.ids(100));
        int rounds = attacker.between(6, 12);
        for (int round = 0; round < rounds && !attacker.isOver(); round++) {
            for (int i = 0; i < 200; i++) {
                busy.get(i % busy.size()).request(PUBLISH, toNobody, topic);
            }
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
            HostileConnection reader = attacker.join(i % 10 == 0 ? ReadMode.NEVER : ReadMode.DISCARD);
            reader.request(SUBSCRIBE, Map.of(), topic);
        }
        HostileConnection publisher = attacker.join();
        String text = "x".repeat(attacker.between(10, 500));
        int publications = attacker.between(20_000, 60_000);
        for (int i = 0; i < publications && attacker.mayUse(publisher); i++) {
            publisher.request(PUBLISH, Map.of(), topic, List.of(text));
        }
    }

    /** Subscribers that read nothing, and large events, first for all of them, then for each by a topic of its own. */
    static void neverReadingSubscribers(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection publisher = attacker.join();
        String topic = attacker.freshName();
        int readers = attacker.between(12, 24);
        for (int i = 0; i < readers && !attacker.isOver(); i++) {
            HostileConnection reader = attacker.join(ReadMode.NEVER);
            reader.request(SUBSCRIBE, Map.of(), topic);
            reader.request(SUBSCRIBE, Map.of(), topic + "." + i);
        }
        // Until the buffers of the sockets are full, nothing stays in the router.
        for (int i = 0; i < 4; i++) {
            publisher.request(PUBLISH, Map.of(), topic, List.of(LARGE));
        }
        for (int i = 0; i < 8 * readers && attacker.mayUse(publisher); i++) {
            int length = attacker.between(LARGE.length() / 5, LARGE.length());
            publisher.request(PUBLISH, Map.of(), topic + "." + i % readers, List.of(LARGE.substring(0, length)));
        }
        attacker.hold();
    }
}
