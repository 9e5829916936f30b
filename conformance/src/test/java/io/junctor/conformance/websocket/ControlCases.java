package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.CLOSED_WITHOUT_CODE;
import static io.junctor.conformance.websocket.Expectation.INVALID_PAYLOAD;
import static io.junctor.conformance.websocket.Expectation.PROTOCOL_ERROR;
import static io.junctor.conformance.websocket.Script.FIN;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import io.junctor.websocket.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Cases about pings, pongs and the close of a WebSocket. */
final class ControlCases {
    private static final byte[] NOTHING = {};
    private static final int[] VALID_CODES = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4999
    };
    private static final int[] INVALID_CODES = {
        0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 32_768, 65_535
    };

    private ControlCases() {}

    static CaseGroup pings() {
        CaseGroup group = new CaseGroup("Pings and pongs", "ping");
        for (int size : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 64, 124, 125}) {
            group.add("6455-5.5.2", "a ping with " + size + " octets", ANSWERED, s -> s.ping(octets(size)));
        }
        group.add(
                "6455-5.5.2",
                "a ping whose payload is not UTF-8",
                ANSWERED,
                s -> s.ping(new byte[] {(byte) 0xFF, 0, (byte) 0xC0}));
        group.add(
                "6455-5.5.2",
                "a ping with 125 octets in writes of one octet",
                ANSWERED,
                s -> s.pieces(1).ping(octets(125)));
        group.add("6455-5.5", "a ping with 126 octets", PROTOCOL_ERROR, s -> s.frame(FIN | Opcode.PING, octets(126)));
        group.add(
                "6455-5.5",
                "a ping with 65,536 octets",
                PROTOCOL_ERROR,
                s -> s.frame(FIN | Opcode.PING, octets(65_536)));
        wrongPings(group);
        manyPings(group);
        pongs(group);
        return group;
    }

    private static void wrongPings(CaseGroup group) {
        group.differing(Map.of(Side.JAKARTA, "closed 1009", Side.CLIENT, "closed 1009"));
        group.add(
                "6455-5.5",
                "a ping that announces 2^62 octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | Opcode.PING, 8, 1L << 62, NOTHING));
        group.differing(Map.of(Side.JAKARTA, "a pong came", Side.CLIENT, "a pong came"));
        group.add(
                "6455-5.5",
                "a ping of 5 octets with a length of two octets",
                PROTOCOL_ERROR,
                s -> s.sized(FIN | Opcode.PING, 2, 5, octets(5)));
        group.differing(Map.of());
        group.add("6455-5.5", "a ping without FIN", PROTOCOL_ERROR, s -> s.frame(Opcode.PING, NOTHING));
        group.add(
                "6455-5.5",
                "a ping in two frames",
                PROTOCOL_ERROR,
                s -> s.frame(Opcode.PING, octets(2)).last(octets(2)));
        group.add(
                "6455-5.5",
                "a ping without FIN within a message",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).frame(Opcode.PING, NOTHING));
    }

    private static void manyPings(CaseGroup group) {
        group.add("6455-5.5.2", "ten pings in one write", ANSWERED, s -> pings(s, 10, false));
        group.add(
                "6455-5.5.2", "ten pings, each after the answer to the one before", ANSWERED, s -> pings(s, 10, true));
        group.add("6455-5.5.2", "a thousand pings in one write", ANSWERED, s -> pings(s, 1_000, false));
        group.add("6455-5.5.2", "ten pings in writes of one octet", ANSWERED, s -> pings(s.pieces(1), 10, false));
        group.add(
                "6455-5.5.2",
                "pings between messages",
                ANSWERED,
                s -> s.ping("a").whole(s.message()).ping("b").whole(s.message()).ping("c"));
        group.add(
                "6455-5.4", "a ping between two frames of a message, answered before the message ends", ANSWERED, s -> {
                    byte[] message = s.message(300);
                    s.first(Arrays.copyOf(message, 100))
                            .ping("within")
                            .awaitPong()
                            .last(Arrays.copyOfRange(message, 100, 300));
                });
        group.add("6455-5.4", "pings between all frames of a message", ANSWERED, s -> {
            byte[] message = s.message(120);
            s.first(Arrays.copyOf(message, 1));
            for (int i = 1; i < 119; i++) {
                s.ping("ping " + i).middle(Arrays.copyOfRange(message, i, i + 1));
            }
            s.ping("last").last(Arrays.copyOfRange(message, 119, 120));
        });
    }

    private static void pongs(CaseGroup group) {
        group.add("6455-5.5.3", "a pong without a ping", ANSWERED, s -> s.pong(NOTHING));
        group.add("6455-5.5.3", "a pong with payload without a ping", ANSWERED, s -> s.pong(octets(9)));
        group.add("6455-5.5.3", "a pong with 125 octets without a ping", ANSWERED, s -> s.pong(octets(125)));
        group.add(
                "6455-5.5.3",
                "a pong, then a ping",
                ANSWERED,
                s -> s.pong(octets(4)).ping("and now"));
        group.add("6455-5.5.3", "a hundred pongs, then a message", ANSWERED, s -> {
            for (int i = 0; i < 100; i++) {
                s.pong(octets(i));
            }
            s.whole(s.message());
        });
        group.add("6455-5.5.3", "a pong between the frames of a message", ANSWERED, s -> {
            byte[] message = s.message(130);
            s.first(Arrays.copyOf(message, 60)).pong(octets(3)).last(Arrays.copyOfRange(message, 60, 130));
        });
        group.add("6455-5.5", "a pong with 126 octets", PROTOCOL_ERROR, s -> s.pong(octets(126)));
        group.add("6455-5.5", "a pong without FIN", PROTOCOL_ERROR, s -> s.frame(Opcode.PONG, octets(1)));
    }

    private static void pings(Script script, int count, boolean awaited) {
        for (int i = 0; i < count; i++) {
            script.ping("ping " + i);
            if (awaited) {
                script.awaitPong();
            }
        }
    }

    static CaseGroup closing() {
        CaseGroup group = new CaseGroup("The closing handshake", "close");
        group.add("6455-7.1.5", "a close frame without payload", CLOSED_WITHOUT_CODE, s -> s.close(NOTHING));
        group.add("6455-5.5.1", "a close frame with one octet", PROTOCOL_ERROR, s -> s.close(new byte[] {3}));
        for (int code : VALID_CODES) {
            group.add("6455-7.4", "the close code " + code, new Expectation.Closed(code), s -> s.close(code));
        }
        for (int code : INVALID_CODES) {
            group.add(
                    "6455-7.4",
                    "the close code " + code + ", which no frame may carry",
                    PROTOCOL_ERROR,
                    s -> s.close(code));
        }
        reasons(group);
        invalidReasons(group);
        order(group);
        withinAndAfterMessages(group);
        return group;
    }

    private static void reasons(CaseGroup group) {
        group.add(
                "6455-7.1.6",
                "a reason of one octet",
                new Expectation.Closed(1000),
                s -> s.close(reason(1000, text(1))));
        group.add(
                "6455-7.1.6",
                "a reason of 122 octets",
                new Expectation.Closed(1000),
                s -> s.close(reason(1000, text(122))));
        group.add(
                "6455-7.1.6",
                "a reason of 123 octets",
                new Expectation.Closed(1001),
                s -> s.close(reason(1001, text(123))));
        group.add(
                "6455-7.1.6",
                "a reason of many languages",
                new Expectation.Closed(3000),
                s -> s.close(reason(3000, "κόσμε, мир, 世界, 🌍".getBytes(StandardCharsets.UTF_8))));
        group.add("6455-5.5", "a close frame with 126 octets", PROTOCOL_ERROR, s -> s.close(reason(1000, text(124))));
        group.add(
                "6455-5.5",
                "a close frame without FIN",
                PROTOCOL_ERROR,
                s -> s.frame(Opcode.CLOSE, reason(1000, NOTHING)));
    }

    private static void invalidReasons(CaseGroup group) {
        group.add(
                "6455-8.1",
                "a reason with a lone continuation octet",
                INVALID_PAYLOAD,
                s -> s.close(reason(1000, new byte[] {'a', (byte) 0x80, 'b'})));
        group.add(
                "6455-8.1",
                "a reason that ends within a character",
                INVALID_PAYLOAD,
                s -> s.close(reason(1000, new byte[] {'a', (byte) 0xE2, (byte) 0x82})));
        group.add(
                "6455-8.1",
                "a reason with an encoded surrogate",
                INVALID_PAYLOAD,
                s -> s.close(reason(1000, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})));
        group.add(
                "6455-8.1",
                "a reason with an overlong form",
                INVALID_PAYLOAD,
                s -> s.close(reason(1000, new byte[] {(byte) 0xC0, (byte) 0xAF})));
        group.add(
                "6455-7.4",
                "an invalid code with a reason that is not UTF-8",
                PROTOCOL_ERROR,
                s -> s.close(reason(1005, new byte[] {(byte) 0xFF})));
    }

    private static void order(CaseGroup group) {
        group.add(
                "6455-5.5.1",
                "a close frame in writes of one octet",
                new Expectation.Closed(1000),
                s -> s.pieces(1).close(reason(1000, text(40))));
        group.add(
                "6455-5.5.1",
                "a message after the close frame",
                new Expectation.Closed(1000),
                s -> s.close(1000).whole(s.message()));
        group.add(
                "6455-5.5.1",
                "a ping after the close frame",
                new Expectation.Closed(1000),
                s -> s.close(1000).frame(FIN | Opcode.PING, octets(4)));
        group.add(
                "6455-5.5.1",
                "a second close frame with another code",
                new Expectation.Closed(1000),
                s -> s.close(1000).close(1001));
        group.add(
                "6455-5.5.1",
                "a wrong frame after the close frame",
                new Expectation.Closed(1000),
                s -> s.close(1000).frame(0xFF, octets(4)));
    }

    private static void withinAndAfterMessages(CaseGroup group) {
        group.add(
                "6455-5.5.1",
                "a close frame between the frames of a message",
                new Expectation.Closed(1000),
                s -> s.first(s.message()).close(1000));
        group.add(
                "6455-5.5.1",
                "a close frame between the frames of a message, then the rest of it",
                new Expectation.Closed(1000),
                s -> {
                    byte[] message = s.message();
                    s.first(Arrays.copyOf(message, 9)).close(1000).last(Arrays.copyOfRange(message, 9, message.length));
                });
        group.add(
                "6455-5.5.1",
                "a close frame after a message and its answer",
                new Expectation.Closed(1000),
                s -> s.whole(s.message()).awaitEchoes().close(1000));
        group.add(
                "6455-5.5.1",
                "a close frame after a ping and its answer",
                new Expectation.Closed(1001),
                s -> s.ping("last").awaitPong().close(1001));
    }

    private static byte[] reason(int code, byte[] reason) {
        return ByteBuffer.allocate(2 + reason.length)
                .putShort((short) code)
                .put(reason)
                .array();
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) '*');
        return text;
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (i * 37);
        }
        return octets;
    }
}
