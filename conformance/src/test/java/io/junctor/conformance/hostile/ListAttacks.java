package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.CALL;
import static io.junctor.conformance.hostile.HostileConnection.HELLO;
import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attacks by long lists and by keys of equal hash. */
final class ListAttacks {
    private static final String[] TEXT_LISTS = {
        "exclude_authid", "exclude_authrole", "eligible_authid", "eligible_authrole"
    };

    private ListAttacks() {}

    /** Publications whose lists of receivers hold tens of thousands of ids or texts of equal hash. */
    static void excludeLists(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        client.ask(SUBSCRIBE, Map.of(), "lists");
        List<Object> ids = EqualHashes.ids(60_000);
        List<Object> texts = EqualHashes.texts(25_000);
        int publications = attacker.between(50, 150);
        for (int i = 0; i < publications && attacker.mayUse(client); i++) {
            int length = attacker.random().nextInt(4) == 0 ? 1_000 : attacker.between(10_000, 25_000);
            Map<String, Object> options = switch (attacker.between(0, 2)) {
                case 0 -> Map.of("exclude", ids.subList(0, 2 * length), "exclude_me", false);
                case 1 -> Map.of("eligible", ids.subList(0, 2 * length), "exclude_me", false);
                default -> Map.of(TEXT_LISTS[attacker.between(0, TEXT_LISTS.length - 1)], texts.subList(0, length));
            };
            client.request(PUBLISH, options, "lists", List.of(1));
        }
    }

    /** Dictionaries with keys of equal hash: details, options, arguments. */
    static void keys(Attacker attacker) throws IOException, InterruptedException {
        Map<String, Object> few = EqualHashes.dictionary(1_500);
        Map<String, Object> many = EqualHashes.dictionary(20_000);
        HostileConnection client = attacker.join();
        int messages = attacker.between(50, 150);
        for (int i = 0; i < messages && !attacker.isOver(); i++) {
            switch (attacker.between(0, 3)) {
                case 0 -> attacker.connect().send(HELLO, attacker.realm(), few);
                case 1 -> client.request(CALL, many, attacker.freshName());
                case 2 -> client.request(PUBLISH, Map.of(), attacker.freshName(), List.of(), many);
                default -> client.request(CALL, Map.of(), "wamp.session.count", List.of(), many);
            }
            if (client.isClosed()) {
                client = attacker.join();
            }
        }
    }

    /** Events with long lists of authids, to a topic whose events are kept. */
    static void authidsInHistory(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        int publications = attacker.between(200, 600);
        for (int i = 0; i < publications && attacker.mayUse(client); i++) {
            int length = attacker.random().nextBoolean() ? 1_000 : attacker.between(2_000, 40_000);
            List<Object> authids = new ArrayList<>();
            for (int number = 0; number < length; number++) {
                authids.add(Integer.toString(number, Character.MAX_RADIX));
            }
            client.request(PUBLISH, Map.of("eligible_authid", authids), RouterProcess.HISTORY + attacker.freshName());
        }
        attacker.hold();
    }
}
