package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ABORTED;
import static io.junctor.conformance.websocket.Expectation.ABORTED_INVALID_PAYLOAD;
import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.INVALID_PAYLOAD;
import static io.junctor.conformance.websocket.Expectation.PROTOCOL_ERROR;
import static io.junctor.conformance.websocket.Expectation.TOO_BIG;
import static io.junctor.conformance.websocket.Script.COMPRESSED;
import static io.junctor.conformance.websocket.Script.FIN;
import static io.junctor.conformance.websocket.TestedRouter.MESSAGE_BYTES;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Cases about compressed messages: permessage-deflate (RFC 7692). */
final class CompressionCases {
    private static final String NAME = "permessage-deflate";
    private static final byte[] NOTHING = {};

    private CompressionCases() {}

    static CaseGroup messages() {
        CaseGroup group = new CaseGroup("Compressed messages", "deflate")
                .on(Side.LISTENER, Side.CLIENT)
                .offering(NAME);
        for (Serializer serializer : Serializer.values()) {
            group.in(serializer);
            String message = "a compressed " + serializer + " message ";
            for (int size : new int[] {125, 511, 512, 513, 65_535, 65_536, MESSAGE_BYTES}) {
                group.add(
                        "7692-7.2.2",
                        message + "of " + size + " octets",
                        ANSWERED,
                        s -> compressed(s, s.message(size)));
            }
            group.add(
                    "7692-7.2.2",
                    message + "in writes of one octet",
                    ANSWERED,
                    s -> compressed(s.pieces(1), s.message(130)));
        }
        group.in(Serializer.JSON);
        forms(group);
        emptyAndSeveral(group);
        invalidData(group);
        frames(group);
        reservedBits(group);
        limits(group);
        windows(group);
        return group;
    }

    /** The forms of compressed data that a peer may choose. */
    private static void forms(CaseGroup group) {
        group.add(
                "7692-7.2.3.3",
                "blocks that are stored, not compressed",
                ANSWERED,
                s -> raw(s, Deflated.of(s.message(70_000), Deflater.NO_COMPRESSION, Deflater.DEFAULT_STRATEGY)));
        group.add(
                "7692-7.2.3",
                "the fastest compression",
                ANSWERED,
                s -> raw(s, Deflated.of(s.message(5_000), Deflater.BEST_SPEED, Deflater.DEFAULT_STRATEGY)));
        group.add(
                "7692-7.2.3",
                "the best compression",
                ANSWERED,
                s -> raw(s, Deflated.of(s.message(5_000), Deflater.BEST_COMPRESSION, Deflater.DEFAULT_STRATEGY)));
        group.add(
                "7692-7.2.3",
                "Huffman codes only",
                ANSWERED,
                s -> raw(s, Deflated.of(s.message(5_000), Deflater.DEFAULT_COMPRESSION, Deflater.HUFFMAN_ONLY)));
        group.add(
                "7692-7.2.3",
                "filtered data",
                ANSWERED,
                s -> raw(s, Deflated.of(s.message(5_000), Deflater.DEFAULT_COMPRESSION, Deflater.FILTERED)));
        group.add(
                "7692-7.2.3.4",
                "a block that is marked as the last one",
                ANSWERED,
                s -> raw(s, Deflated.withFinalBlock(s.message(600))));
        group.add("7692-7.2.3.5", "two blocks in one message", ANSWERED, s -> {
            byte[] message = s.message(600);
            raw(s, Deflated.blocks(Arrays.copyOf(message, 200), Arrays.copyOfRange(message, 200, 600)));
        });
    }

    private static void emptyAndSeveral(CaseGroup group) {
        group.add("7692-7.2.3.6", "a compressed message without octets", ABORTED, s -> raw(s, new byte[] {0}));
        group.add(
                "7692-7.2.1",
                "a compressed message without data, where an empty one has one octet",
                INVALID_PAYLOAD,
                s -> raw(s, NOTHING));
        group.add("7692-7.2.1", "five messages, each with a window of its own", ANSWERED, s -> {
            for (int i = 0; i < 5; i++) {
                compressed(s, s.message(1_000));
            }
        });
        group.add(
                "7692-7.1.1.2",
                "a message that refers to the one before, against client_no_context_takeover",
                INVALID_PAYLOAD,
                s -> {
                    byte[] message = s.message(2_000);
                    byte[][] both = Deflated.withContext(message, message);
                    raw(s, both[0]);
                    raw(s.awaitEchoes(), both[1]);
                });
    }

    private static void invalidData(CaseGroup group) {
        String[][] wrong = {
            {"a block of the reserved type", "07"},
            {"a stored block whose lengths disagree", "000500FFFF"},
            {"a distance that reaches before the message", "020200"},
            {"octets that are no compressed data", "07070707"},
            {"a wrong block after a right one", "4A4C4A06000000FFFF07"},
        };
        for (String[] each : wrong) {
            group.add(
                    "7692-7.2.2",
                    each[0],
                    INVALID_PAYLOAD,
                    s -> raw(s, HexFormat.of().parseHex(each[1])));
        }
        group.add("7692-7.2.2", "compressed data that ends early", INVALID_PAYLOAD, s -> {
            byte[] compressed = Deflated.of(s.message(5_000));
            raw(s, Arrays.copyOf(compressed, compressed.length / 2));
        });
        group.add(
                "6455-8.1",
                "compressed text that is not UTF-8",
                ABORTED_INVALID_PAYLOAD,
                s -> compressed(s, s.message(new byte[] {(byte) 0xC0, (byte) 0xAF})));
        group.add(
                "6455-8.1",
                "compressed text with characters of four octets",
                ANSWERED,
                s -> compressed(s, s.message("𐍈𐍈𐍈𐍈".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    /** Which frames carry RSV1. */
    private static void frames(CaseGroup group) {
        group.add("7692-6.1", "a compressed message in two frames", ANSWERED, s -> fragments(s, s.message(900), 2));
        group.add(
                "7692-6.1",
                "a compressed message with one octet in each frame",
                ANSWERED,
                s -> fragments(s, s.message(200), 1_000));
        group.add("7692-6.1", "a compressed message in two frames with a ping between them", ANSWERED, s -> {
            byte[] data = Deflated.of(s.message(900));
            s.frame(COMPRESSED | s.opcode(), Arrays.copyOf(data, 50))
                    .ping("between")
                    .awaitPong()
                    .last(Arrays.copyOfRange(data, 50, data.length));
        });
        group.add("7692-6.1", "RSV1 on a continuation of a compressed message", PROTOCOL_ERROR, s -> {
            byte[] data = Deflated.of(s.message(900));
            s.frame(COMPRESSED | s.opcode(), Arrays.copyOf(data, 50))
                    .frame(FIN | COMPRESSED, Arrays.copyOfRange(data, 50, data.length));
        });
        group.add(
                "7692-6.1",
                "RSV1 on a continuation of a message without compression",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).frame(FIN | COMPRESSED, NOTHING));
    }

    private static void reservedBits(CaseGroup group) {
        group.add("7692-6.1", "RSV1 on a ping", PROTOCOL_ERROR, s -> s.frame(FIN | COMPRESSED | Opcode.PING, NOTHING));
        group.add("7692-6.1", "RSV1 on a pong", PROTOCOL_ERROR, s -> s.frame(FIN | COMPRESSED | Opcode.PONG, NOTHING));
        group.add(
                "7692-6.1",
                "RSV1 on a close frame",
                PROTOCOL_ERROR,
                s -> s.frame(FIN | COMPRESSED | Opcode.CLOSE, NOTHING));
        group.add("7692-6.1", "RSV1 on a reserved opcode", PROTOCOL_ERROR, s -> s.frame(FIN | COMPRESSED | 3, NOTHING));
        for (int bits : new int[] {0x10, 0x20, 0x30, 0x50, 0x60, 0x70}) {
            group.add(
                    "7692-6.1",
                    "the reserved bits %02X on a message".formatted(bits),
                    PROTOCOL_ERROR,
                    s -> s.frame(FIN | bits | s.opcode(), Deflated.of(s.message())));
        }
        group.add("7692-6.1", "messages with and without compression in turn", ANSWERED, s -> {
            for (int i = 0; i < 4; i++) {
                compressed(s, s.message(700));
                s.whole(s.message(700));
            }
        });
        group.add("7692-6.1", "a message without compression", ANSWERED, s -> s.whole(s.message(3_000)));
        group.add(
                "7692-6.1",
                "a binary compressed message where messages are text",
                ABORTED,
                s -> s.frame(FIN | COMPRESSED | Opcode.BINARY, Deflated.of(s.message())));
    }

    /** The limit of a message holds for what it decompresses to. */
    private static void limits(CaseGroup group) {
        group.add(
                "7692-8",
                "a message that decompresses to the limit and one octet",
                TOO_BIG,
                s -> compressed(s, s.message(MESSAGE_BYTES + 1)));
        for (int mebibytes : new int[] {1, 16}) {
            group.add(
                    "7692-8",
                    mebibytes + " MiB of zeros, compressed",
                    TOO_BIG,
                    s -> compressed(s, new byte[mebibytes << 20]));
        }
        group.add("7692-8", "16 MiB of zeros, compressed, in frames of 1,000 octets", TOO_BIG, s -> {
            byte[] data = Deflated.of(new byte[16 << 20]);
            fragments(s, data, data.length / 1_000, COMPRESSED | s.opcode());
        });
        group.add(
                "7692-8",
                "a compressed message whose frame announces 2^40 octets",
                TOO_BIG,
                s -> s.sized(FIN | COMPRESSED | s.opcode(), 8, 1L << 40, NOTHING));
    }

    /** Every window that the client may ask the server to use. */
    private static void windows(CaseGroup group) {
        group.on(Side.CLIENT);
        for (int bits = 8; bits <= 15; bits++) {
            group.offering(NAME + "; server_max_window_bits=" + bits);
            group.add(
                    "7692-7.1.2.1",
                    "a message of 250 octets from a server whose window is 2^" + bits,
                    ANSWERED,
                    s -> compressed(s, s.message(250)));
        }
        group.on(Side.LISTENER);
        for (int bits = 8; bits <= 15; bits++) {
            group.offering(NAME + "; server_max_window_bits=" + bits);
            for (int size : new int[] {512, 1_024, 40_000}) {
                group.add(
                        "7692-7.1.2.1",
                        "messages of " + size + " octets where the server's window is 2^" + bits,
                        ANSWERED,
                        s -> {
                            compressed(s, s.message(size));
                            compressed(s, s.message(size));
                        });
            }
        }
        for (int bits = 8; bits <= 15; bits++) {
            group.offering(NAME + "; client_max_window_bits=" + bits);
            group.add(
                    "7692-7.1.2.2",
                    "a compressed message where the client has offered a window of 2^" + bits,
                    ANSWERED,
                    s -> compressed(s, s.message(250)));
        }
        group.offering(NAME + "; client_no_context_takeover; server_no_context_takeover; client_max_window_bits");
        group.add("7692-7.1.1", "messages where the client has offered every parameter", ANSWERED, s -> {
            compressed(s, s.message(5_000));
            compressed(s, s.message(5_000));
        });
        group.offering("x-unknown, " + NAME + "; server_max_window_bits=10");
        group.add(
                "7692-5.1",
                "a compressed message where the second offer was taken",
                ANSWERED,
                s -> compressed(s, s.message(1_000)));
    }

    private static void compressed(Script script, byte[] message) {
        raw(script, Deflated.of(message));
    }

    private static void raw(Script script, byte[] compressed) {
        script.frame(FIN | COMPRESSED | script.opcode(), compressed);
    }

    private static void fragments(Script script, byte[] message, int frames) {
        byte[] data = Deflated.of(message);
        fragments(script, data, Math.min(frames, data.length), COMPRESSED | script.opcode());
    }

    private static void fragments(Script script, byte[] data, int frames, int first) {
        for (int i = 0; i < frames; i++) {
            byte[] part = Arrays.copyOfRange(
                    data, data.length / frames * i, i == frames - 1 ? data.length : data.length / frames * (i + 1));
            script.frame((i == 0 ? first : Opcode.CONTINUATION) | (i == frames - 1 ? FIN : 0), part);
        }
    }
}
