package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.PUBLISH;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Attacks by WebSocket frames. */
final class FrameAttacks {
    private static final int FINAL = 0x80;
    private static final int ONE_BYTE_MASKED = 0x81;
    private static final int CHUNK = 64 << 10;

    private FrameAttacks() {}

    /** Random bytes after a good handshake: as bytes of the socket, as frames, as messages that are lists of anything. */
    static void garbage(Attacker attacker) throws IOException, InterruptedException {
        int connections = attacker.between(100, 400);
        for (int i = 0; i < connections && !attacker.isOver(); i++) {
            HostileConnection client = attacker.random().nextBoolean() ? attacker.connect() : attacker.join();
            byte[] bytes = new byte[attacker.between(1, 5_000)];
            attacker.random().nextBytes(bytes);
            switch (attacker.between(0, 2)) {
                case 0 -> client.sendRaw(bytes);
                case 1 -> client.sendMessage(bytes);
                default ->
                    client.send(
                            attacker.between(0, 80), attacker.random().nextLong(), List.of("x"), Map.of(), List.of());
            }
            attacker.mayStillSend(20_000);
        }
    }

    /** Large messages in frames of one byte. */
    static void oneByteFragments(Attacker attacker) throws IOException, InterruptedException {
        int messages = attacker.between(2, 8);
        for (int i = 0; i < messages && !attacker.isOver(); i++) {
            HostileConnection client = attacker.join();
            fragments(attacker, client, attacker.between(100_000, 500_000));
        }
    }

    /** The same before HELLO, where a message may have 64 KiB. */
    static void oneByteFragmentsBeforeLogin(Attacker attacker) throws IOException, InterruptedException {
        int messages = attacker.between(10, 60);
        for (int i = 0; i < messages && !attacker.isOver(); i++) {
            fragments(attacker, attacker.connect(), 60_000);
        }
    }

    private static void fragments(Attacker attacker, HostileConnection client, int length) throws InterruptedException {
        byte[] message = client.encodeRequest(PUBLISH, Map.of(), "fragments", List.of("x".repeat(length)));
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (int i = 0; i < message.length && attacker.mayUse(client); i++) {
            int first = (i == 0 ? client.opcode() : 0) | (i == message.length - 1 ? FINAL : 0);
            chunk.writeBytes(new byte[] {(byte) first, (byte) ONE_BYTE_MASKED, 0, 0, 0, 0, message[i]});
            if (chunk.size() >= CHUNK || i == message.length - 1) {
                client.sendRaw(chunk.toByteArray());
                chunk.reset();
            }
        }
    }

    /** Large messages of which all but the end is sent, on many connections, with and without a session. */
    static void halfSentMessages(Attacker attacker) throws IOException, InterruptedException {
        List<HostileConnection> sessions = attacker.join(attacker.between(80, 160));
        for (HostileConnection session : sessions) {
            session.sendHead(1_040_000, new byte[attacker.between(600_000, 1_000_000)]);
        }
        for (int i = 0; i < 100 && !attacker.isOver(); i++) {
            attacker.connect().sendHead(65_000, new byte[64_000]);
        }
        attacker.hold();
    }
}
