package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.PROTOCOL_ERROR;
import static io.junctor.conformance.websocket.Expectation.TOO_BIG;
import static io.junctor.conformance.websocket.Script.FIN;
import static io.junctor.conformance.websocket.TestedRouter.MESSAGE_BYTES;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import java.util.Arrays;
import java.util.Map;

/** Cases about the size limit of messages, and lengths that no frame may have. */
final class LimitCases {
    private static final byte[] NOTHING = {};

    private LimitCases() {}

    static CaseGroup limits() {
        CaseGroup group = new CaseGroup("Limits and lengths (at most 100,000 octets in a message)", "limit");
        for (Serializer serializer : Serializer.values()) {
            group.in(serializer);
            String message = "a " + serializer + " message ";
            group.add("6455-10.4", message + "of exactly the limit", ANSWERED, s -> s.whole(s.message(MESSAGE_BYTES)));
            group.add(
                    "6455-10.4",
                    message + "of exactly the limit in four frames",
                    ANSWERED,
                    s -> s.fragments(s.message(MESSAGE_BYTES), 30_000, 60_000, 99_999));
            group.add("6455-10.4", message + "of one octet more", TOO_BIG, s -> s.whole(s.message(MESSAGE_BYTES + 1)));
            group.add(
                    "6455-10.4",
                    message + "of one octet more in two frames",
                    TOO_BIG,
                    s -> s.fragments(s.message(MESSAGE_BYTES + 1), 60_000));
        }
        group.in(Serializer.JSON);
        announced(group);
        shortestLengths(group);
        group.on(Side.LISTENER)
                .add(
                        "6455-10.4",
                        "a second frame whose header announces too much, and its first octet",
                        TOO_BIG,
                        s -> s.first(new byte[50_000]).sized(FIN | Opcode.CONTINUATION, 2, 50_001, new byte[1]));
        group.on(Side.LISTENER, Side.values());
        group.add("6455-10.4", "frames without an end, of 1,000 octets each", TOO_BIG, s -> {
            s.first(spaces());
            for (int i = 0; i < 100; i++) {
                s.middle(spaces());
            }
        });
        group.add("6455-10.4", "ten thousand empty frames within a message", ANSWERED, s -> {
            byte[] message = s.message(130);
            int[] ends = new int[10_000];
            Arrays.fill(ends, 65);
            s.fragments(message, ends);
        });
        hellos(group);
        return group;
    }

    private static void hellos(CaseGroup group) {
        group.on(Side.LISTENER, Side.JAKARTA).beforeWelcome();
        for (Serializer serializer : Serializer.values()) {
            group.in(serializer);
            group.add(
                    "6455-10.4",
                    "a " + serializer + " HELLO of 65,536 octets",
                    ANSWERED,
                    s -> s.whole(s.message(65_536)));
            group.add(
                    "6455-10.4",
                    "a " + serializer + " HELLO of 65,537 octets",
                    TOO_BIG,
                    s -> s.whole(s.message(65_537)));
        }
    }

    private static void announced(CaseGroup group) {
        // A container delivers the octets as they come, so the router learns the length from them.
        group.on(Side.LISTENER, Side.CLIENT);
        group.add(
                "6455-10.4",
                "a header that announces 100,001 octets, and the first of them",
                TOO_BIG,
                s -> s.sized(FIN | s.opcode(), 8, MESSAGE_BYTES + 1, new byte[1]));
        group.add(
                "6455-10.4",
                "a header that announces 2^24 octets, and the first of them",
                TOO_BIG,
                s -> s.sized(FIN | s.opcode(), 8, 1L << 24, new byte[1]));
        group.on(Side.LISTENER, Side.values());
        for (int bits : new int[] {31, 32, 40, 62}) {
            group.add(
                    "6455-10.4",
                    "a header that announces 2^" + bits + " octets, and the first of them",
                    TOO_BIG,
                    s -> s.sized(FIN | s.opcode(), 8, 1L << bits, new byte[1]));
        }
        group.add(
                "6455-10.4",
                "a header that announces 2^63 - 1 octets, and the first of them",
                TOO_BIG,
                s -> s.sized(FIN | s.opcode(), 8, Long.MAX_VALUE, new byte[1]));
        group.differing(Map.of(Side.JAKARTA, "closed 1009", Side.CLIENT, "closed 1009"));
        group.add(
                "6455-5.2",
                "a header that announces 2^63 octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 8, Long.MIN_VALUE, NOTHING));
        group.add(
                "6455-5.2",
                "a header that announces 2^64 - 1 octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 8, -1, NOTHING));
        group.add(
                "6455-5.2",
                "a length of 2^63 octets in writes of one octet",
                PROTOCOL_ERROR,
                s -> s.pieces(1).sized(FIN | s.opcode(), 8, Long.MIN_VALUE, NOTHING));
        group.differing(Map.of());
    }

    private static void shortestLengths(CaseGroup group) {
        String section = "6455-5.2";
        group.differing(Map.of(Side.JAKARTA, "ABORT, closed 1002", Side.CLIENT, "ABORT, closed 1002"));
        group.add(
                section, "a length of 0 in two octets", PROTOCOL_ERROR, s -> s.sized(FIN | s.opcode(), 2, 0, NOTHING));
        group.differing(Map.of(Side.JAKARTA, "a message was answered", Side.CLIENT, "a message was answered"));
        group.add(
                section,
                "a length of 125 in two octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 2, 125, s.message(125)));
        group.add(
                section,
                "a length of 125 in eight octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 8, 125, s.message(125)));
        group.add(
                section,
                "a length of 126 in eight octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 8, 126, s.message(126)));
        group.add(
                section,
                "a length of 65,535 in eight octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | s.opcode(), 8, 65_535, s.message(65_535)));
        group.differing(Map.of(Side.JAKARTA, "ABORT, closed 1002", Side.CLIENT, "ABORT, closed 1002"));
        group.add(
                section,
                "a continuation with a length of 100 in two octets",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).sized(FIN | Opcode.CONTINUATION, 2, 100, new byte[100]));
        group.differing(Map.of());
    }

    private static byte[] spaces() {
        byte[] spaces = new byte[1_000];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }
}
