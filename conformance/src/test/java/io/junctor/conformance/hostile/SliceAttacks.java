package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.CALL;
import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;
import static io.junctor.conformance.hostile.HostileConnection.REGISTER;
import static io.junctor.conformance.hostile.HostileConnection.SUBSCRIBE;

import io.junctor.testkit.WebSocketTransport.ReadMode;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attacks by messages of which the router keeps a small part: an argument of one byte beside options of a megabyte. */
final class SliceAttacks {
    private static final String FILLING = "x".repeat(1_000_000);
    private static final List<Object> ONE = List.of(1);

    private SliceAttacks() {}

    /** Retained events. */
    static void retained(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection client = attacker.join();
        int publications = attacker.between(100, 250);
        for (int i = 0; i < publications && attacker.mayUse(client); i++) {
            client.request(PUBLISH, large(attacker, "retain", true), attacker.freshName(), ONE);
        }
        attacker.hold();
    }

    /** Testaments. */
    static void testaments(Attacker attacker) throws IOException, InterruptedException {
        for (HostileConnection client : attacker.join(attacker.between(2, 8))) {
            for (int i = 0; i < 30 && attacker.mayUse(client); i++) {
                List<Object> arguments = List.of(attacker.freshName(), ONE, Map.of());
                client.request(CALL, large(attacker, "disclose_me", false), "wamp.session.add_testament", arguments);
            }
        }
        attacker.hold();
    }

    /** Events for subscribers that never read. */
    static void queued(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection publisher = attacker.join();
        String topic = attacker.freshName();
        for (int i = 0; i < 4; i++) {
            attacker.join(ReadMode.NEVER).request(SUBSCRIBE, Map.of(), topic);
        }
        // Until the buffers of the sockets are full, nothing stays in the router.
        for (int i = 0; i < 8; i++) {
            publisher.request(PUBLISH, Map.of(), topic, List.of(FILLING));
        }
        int publications = attacker.between(100, 250);
        for (int i = 0; i < publications && attacker.mayUse(publisher); i++) {
            publisher.request(PUBLISH, large(attacker, "acknowledge", false), topic, ONE);
        }
        attacker.hold();
    }

    /** Open calls, and calls that wait for a callee which takes one at a time. */
    static void calls(Attacker attacker) throws IOException, InterruptedException {
        String procedure = attacker.freshName();
        HostileConnection callee = attacker.join();
        Map<String, Object> options =
                attacker.random().nextBoolean() ? Map.of() : Map.of("invoke", "roundrobin", "concurrency", 1);
        callee.ask(REGISTER, options, procedure);
        HostileConnection caller = attacker.join();
        int calls = attacker.between(100, 250);
        for (int i = 0; i < calls && attacker.mayUse(caller); i++) {
            caller.request(CALL, large(attacker, "disclose_me", false), procedure, ONE);
        }
        attacker.hold();
    }

    /** Options that the router does not know, of many small values. */
    static void unknownOptions(Attacker attacker) throws IOException, InterruptedException {
        String procedure = attacker.freshName();
        HostileConnection callee = attacker.join();
        callee.ask(REGISTER, Map.of(), procedure);
        HostileConnection client = attacker.join();
        Object values = Collections.nCopies(attacker.between(10_000, 200_000), List.of());
        int messages = attacker.between(100, 300);
        for (int i = 0; i < messages && attacker.mayUse(client); i++) {
            Map<String, Object> options = Map.of("_unknown", values);
            switch (attacker.between(0, 3)) {
                case 0 -> client.request(PUBLISH, options, attacker.freshName(), ONE);
                case 1 -> client.request(SUBSCRIBE, options, attacker.freshName());
                case 2 -> client.request(REGISTER, options, attacker.freshName());
                default -> client.request(CALL, options, procedure, ONE);
            }
        }
        attacker.hold();
    }

    private static Map<String, Object> large(Attacker attacker, String key, Object value) {
        Map<String, Object> options = new HashMap<>();
        options.put(key, value);
        options.put("_unknown", FILLING.substring(0, attacker.between(FILLING.length() / 10, FILLING.length())));
        return options;
    }
}
