package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.AUTHENTICATE;
import static io.junctor.conformance.hostile.HostileConnection.HELLO;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attacks before authentication. */
final class HandshakeAttacks {
    private static final int TICKETS_AT_ONCE = 150;

    private HandshakeAttacks() {}

    /** HELLO with 60 KB of small values; half of these clients are challenged and never answer. */
    static void largeAuthextra(Attacker attacker) throws IOException, InterruptedException {
        Object extra = switch (attacker.between(0, 2)) {
            case 0 -> Map.of("list", Collections.nCopies(15_000, List.of()));
            case 1 -> Map.of("list", Collections.nCopies(15_000, Map.of()));
            default -> EqualHashes.dictionary(1_500);
        };
        for (int round = 0; round < 10 && !attacker.isOver(); round++) {
            List<HostileConnection> clients = new ArrayList<>();
            for (int i = 0; i < 40 && !attacker.isOver(); i++) {
                clients.add(attacker.connect());
            }
            for (HostileConnection client : clients) {
                Map<String, Object> details = new HashMap<>(
                        attacker.random().nextBoolean() ? Attacker.ticketDetails() : Attacker.detailsWith("x", 1));
                details.put("authextra", extra);
                client.send(HELLO, attacker.realm(), details);
            }
        }
        attacker.hold();
    }

    /** Many wrong tickets at once, from several addresses. */
    static void wrongTickets(Attacker attacker) throws IOException, InterruptedException {
        int rounds = attacker.between(1, 4);
        for (int round = 0; round < rounds && !attacker.isOver(); round++) {
            List<HostileConnection> clients = new ArrayList<>();
            for (int i = 0; i < TICKETS_AT_ONCE && !attacker.isOver(); i++) {
                HostileConnection client =
                        attacker.random().nextBoolean() ? attacker.connect() : attacker.connectFromElsewhere();
                client.send(HELLO, attacker.realm(), Attacker.ticketDetails());
                clients.add(client);
            }
            for (HostileConnection client : clients) {
                client.send(AUTHENTICATE, "wrong-ticket", Map.of());
            }
            attacker.pause(500);
            clients.forEach(HostileConnection::cut);
        }
    }

    /** Connects, joins and vanishes, again and again. */
    static void reconnectStorm(Attacker attacker) throws IOException, InterruptedException {
        int connections = attacker.between(300, 1_500);
        for (int i = 0; i < connections && !attacker.isOver(); i++) {
            HostileConnection client = attacker.connect();
            client.send(HELLO, attacker.realm(), Attacker.detailsWith("x", 1));
            if (attacker.random().nextBoolean()) {
                client.receive();
            }
            client.cut();
            attacker.mayStillSend(20_000);
        }
    }

    /** Connections that say nothing, or stop in the middle of what they say, or do not answer pings. */
    static void halfOpenConnections(Attacker attacker) throws IOException, InterruptedException {
        for (int i = 0; i < 300 && !attacker.isOver(); i++) {
            HostileConnection client = attacker.connect();
            switch (attacker.between(0, 2)) {
                case 0 -> client.ignorePings();
                case 1 -> client.sendHead(attacker.between(1, 60_000), new byte[0]);
                default -> client.sendRaw(new byte[] {(byte) 0x81});
            }
        }
        attacker.hold();
    }
}
