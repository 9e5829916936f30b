package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.CALL;
import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.REGISTER;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Attacks by the URIs and patterns of requests. */
final class UriAttacks {
    private static final int MOST_URI = 1_000_000;
    private static final Map<String, Object> WILDCARD = Map.of("match", "wildcard");

    private UriAttacks() {}

    /** Topics and procedures of up to a megabyte each, also those without subscriber or callee. */
    static void longUris(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        int requests = attacker.between(100, 250);
        for (int i = 0; i < requests && attacker.mayUse(client); i++) {
            String uri = attacker.freshName() + "." + "x".repeat(attacker.between(1_000, MOST_URI));
            switch (attacker.between(0, 4)) {
                case 0 -> client.request(REGISTER, Map.of(), uri);
                case 1 -> client.request(PUBLISH, Map.of(), uri);
                case 2 -> client.request(CALL, Map.of(), uri);
                case 3 -> client.request(SUBSCRIBE, Map.of("match", "prefix"), uri);
                default -> client.request(SUBSCRIBE, Map.of(), uri);
            }
        }
        attacker.hold();
    }

    /** Patterns of up to 500,000 parts. */
    static void wildcardsOfManyParts(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        int requests = attacker.between(100, 250);
        for (int i = 0; i < requests && attacker.mayUse(client); i++) {
            String pattern = attacker.freshName() + ".x.".repeat(attacker.between(10, MOST_URI / 6)) + "y";
            client.request(attacker.random().nextBoolean() ? SUBSCRIBE : REGISTER, WILDCARD, pattern);
        }
        attacker.hold();
    }

    /** Patterns that all fit the beginning of a topic, and none the whole of it; then many short publications to it. */
    static void deadEndWildcards(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection publisher = attacker.join();
        String name = attacker.freshName();
        int parts = 12;
        HostileConnection subscriber = attacker.join();
        for (int number = 0; number < 1 << parts && attacker.mayUse(subscriber); number++) {
            StringBuilder pattern = new StringBuilder(name);
            for (int bit = 0; bit < parts; bit++) {
                pattern.append(((number >>> bit) & 1) == 0 ? "." : ".a");
            }
            subscriber.request(SUBSCRIBE, WILDCARD, pattern + ".z");
        }
        String topic = name + ".a".repeat(parts) + ".b";
        int publications = attacker.between(5_000, 20_000);
        for (int i = 0; i < publications && attacker.mayUse(publisher); i++) {
            publisher.request(PUBLISH, Map.of(), topic);
            publisher.request(CALL, Map.of(), topic);
        }
    }

    /** Many subscriptions to topics of equal hash, then publications to one of them. */
    static void urisOfEqualHash(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        String name = attacker.freshName();
        int most = attacker.between(2_000, 9_000);
        for (int number = 0; number < most && attacker.mayUse(client); number++) {
            client.request(SUBSCRIBE, Map.of(), name + EqualHashes.text(number));
        }
        int publications = attacker.between(5_000, 20_000);
        for (int i = 0; i < publications && attacker.mayUse(client); i++) {
            String uri = name + EqualHashes.text(attacker.between(0, 65_535));
            client.request(PUBLISH, Map.of(), uri, List.of(1));
            client.request(CALL, Map.of(), uri, List.of(1));
        }
    }
}
