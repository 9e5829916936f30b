package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ABORTED;
import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.ENDED;
import static io.junctor.conformance.websocket.Expectation.PROTOCOL_ERROR;
import static io.junctor.conformance.websocket.Script.FIN;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;

/** Cases about single frames: their sizes, the writes in which they arrive, masks, reserved bits and opcodes. */
final class FramingCases {
    private static final int[] SIZES = {125, 126, 127, 128, 65_535, 65_536};
    private static final String[] RESERVED = {
        "", "RSV3", "RSV2", "RSV2 and RSV3", "RSV1", "RSV1 and RSV3", "RSV1 and RSV2", "RSV1, RSV2 and RSV3"
    };
    private static final byte[] NOTHING = {};
    private static final byte[] TEXT = {'[', '1', ']'};

    private FramingCases() {}

    static CaseGroup sizes() {
        CaseGroup group = new CaseGroup("Sizes of frames, and the writes in which they arrive", "size");
        for (Serializer serializer : Serializer.values()) {
            group.in(serializer);
            String message = "a " + serializer + " message of ";
            for (int size : SIZES) {
                int piece = size > 1_000 ? 997 : 1;
                group.add("6455-5.2", message + size + " octets", ANSWERED, s -> s.whole(s.message(size)));
                group.add(
                        "6455-5.2",
                        message + size + " octets in writes of " + piece,
                        ANSWERED,
                        s -> s.pieces(piece).whole(s.message(size)));
            }
            group.add("6455-5.6", "an empty " + serializer + " message", ABORTED, s -> s.whole(NOTHING));
        }
        group.in(Serializer.MSGPACK);
        for (int piece = 1; piece <= 9; piece++) {
            int octets = piece;
            group.add(
                    "6455-5.2",
                    "three messages in one stream cut every " + piece + " octets",
                    ANSWERED,
                    s -> s.pieces(octets)
                            .whole(s.message(130))
                            .whole(s.message(131))
                            .whole(s.message(125)));
        }
        group.add("6455-5.2", "fifty messages in one write", ANSWERED, FramingCases::fifty);
        group.add(
                "6455-5.2",
                "a message, and the next one after its answer",
                ANSWERED,
                s -> s.whole(s.message()).awaitEchoes().whole(s.message()));
        endsOfStream(group);
        return group;
    }

    private static void endsOfStream(CaseGroup group) {
        group.add("6455-7.1.5", "the stream ends after the first octet of a frame", ENDED, s -> {
            byte[] message = s.message();
            s.frame(FIN | s.opcode(), message).cutAfter(1).endOfStream();
        });
        group.add(
                "6455-7.1.5",
                "the stream ends within the payload",
                ENDED,
                s -> s.frame(FIN | s.opcode(), s.message()).cutAfter(20).endOfStream());
        group.add(
                "6455-7.1.5",
                "the stream ends between two frames of a message",
                ENDED,
                s -> s.first(s.message()).endOfStream());
        group.add("6455-7.1.5", "the stream ends without a close frame", ENDED, Script::endOfStream);
    }

    private static void fifty(Script script) {
        for (int i = 0; i < 50; i++) {
            script.whole(script.message(100 + i));
        }
    }

    static CaseGroup masks() {
        CaseGroup group = new CaseGroup("Masks: a client must mask, a server must not", "mask");
        group.add(
                "6455-5.1",
                "a message with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.wronglyMasked(FIN | s.opcode(), s.message()));
        group.add(
                "6455-5.1",
                "a message with the wrong mask bit after a right one",
                PROTOCOL_ERROR,
                s -> s.whole(s.message()).awaitEchoes().wronglyMasked(FIN | s.opcode(), s.message()));
        group.add(
                "6455-5.1",
                "a continuation with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).wronglyMasked(FIN | Opcode.CONTINUATION, NOTHING));
        group.add(
                "6455-5.1",
                "an empty frame with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.wronglyMasked(FIN | s.opcode(), NOTHING));
        group.add(
                "6455-5.1",
                "a ping with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.wronglyMasked(FIN | Opcode.PING, new byte[3]));
        group.add(
                "6455-5.1",
                "a pong with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.wronglyMasked(FIN | Opcode.PONG, new byte[3]));
        group.add(
                "6455-5.1",
                "a close frame with the wrong mask bit",
                PROTOCOL_ERROR,
                s -> s.wronglyMasked(FIN | Opcode.CLOSE, new byte[] {3, (byte) 0xE8}));
        keys(group);
        return group;
    }

    private static void keys(CaseGroup group) {
        group.on(Side.LISTENER, Side.JAKARTA);
        for (int key : new int[] {0, 1, 0x0100_0000, -1, 0x8000_0000, 0x00FF_00FF, 0x2222_2222}) {
            group.add(
                    "6455-5.3",
                    "a message masked with the key %08X".formatted(key),
                    ANSWERED,
                    s -> s.key(key).whole(s.message(130)));
        }
        group.add("6455-5.3", "three frames of a message, each with a key of its own", ANSWERED, s -> {
            byte[] message = s.message(200);
            s.key(0x1234_5678)
                    .first(part(message, 0, 67))
                    .key(-2)
                    .middle(part(message, 67, 120))
                    .key(0)
                    .last(part(message, 120, 200));
        });
    }

    private static byte[] part(byte[] message, int from, int to) {
        return java.util.Arrays.copyOfRange(message, from, to);
    }

    static CaseGroup reservedBits() {
        CaseGroup group = new CaseGroup("Reserved bits without an extension", "rsv");
        for (int bits = 1; bits < RESERVED.length; bits++) {
            int set = bits << 4;
            String named = RESERVED[bits];
            group.add(
                    "6455-5.2",
                    named + " on a message",
                    PROTOCOL_ERROR,
                    s -> s.frame(FIN | set | s.opcode(), s.message()));
            group.add(
                    "6455-5.2",
                    named + " on the first frame of a message",
                    PROTOCOL_ERROR,
                    s -> s.frame(set | s.opcode(), s.message()));
            group.add(
                    "6455-5.2",
                    named + " on a continuation",
                    PROTOCOL_ERROR,
                    s -> s.first(s.message()).frame(FIN | set, NOTHING));
            group.add(
                    "6455-5.2",
                    named + " on a message after a right one",
                    PROTOCOL_ERROR,
                    s -> s.whole(s.message()).awaitEchoes().frame(FIN | set | s.opcode(), s.message()));
            group.add(
                    "6455-5.2",
                    named + " on a ping",
                    PROTOCOL_ERROR,
                    s -> s.frame(FIN | set | Opcode.PING, new byte[5]));
            group.add("6455-5.2", named + " on a pong", PROTOCOL_ERROR, s -> s.frame(FIN | set | Opcode.PONG, NOTHING));
            group.add(
                    "6455-5.2",
                    named + " on a close frame",
                    PROTOCOL_ERROR,
                    s -> s.frame(FIN | set | Opcode.CLOSE, new byte[] {3, (byte) 0xE8}));
        }
        return group;
    }

    static CaseGroup opcodes() {
        CaseGroup group = new CaseGroup("Opcodes", "op");
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            String named = "the reserved opcode " + opcode;
            group.add("6455-5.2", named + " without payload", PROTOCOL_ERROR, s -> s.frame(FIN | opcode, NOTHING));
            group.add("6455-5.2", named + " with a message", PROTOCOL_ERROR, s -> s.frame(FIN | opcode, s.message()));
            group.add(
                    "6455-5.2",
                    named + " in writes of one octet after a message",
                    PROTOCOL_ERROR,
                    s -> s.whole(s.message()).awaitEchoes().pieces(1).frame(FIN | opcode, new byte[2]));
            group.add(
                    "6455-5.2",
                    named + " between the frames of a message",
                    PROTOCOL_ERROR,
                    s -> s.first(s.message()).frame(FIN | opcode, NOTHING));
            group.add("6455-5.2", named + " without FIN", PROTOCOL_ERROR, s -> s.frame(opcode, NOTHING));
        }
        group.add(
                "6455-5.6",
                "a binary message where messages are text",
                ABORTED,
                s -> s.frame(FIN | Opcode.BINARY, s.message()));
        group.in(Serializer.MSGPACK);
        group.add(
                "6455-5.6",
                "a text message where messages are binary (MSGPACK)",
                ABORTED,
                s -> s.frame(FIN | Opcode.TEXT, TEXT));
        group.in(Serializer.CBOR);
        group.add(
                "6455-5.6",
                "a text message where messages are binary (CBOR)",
                ABORTED,
                s -> s.frame(FIN | Opcode.TEXT, TEXT));
        return group;
    }
}
