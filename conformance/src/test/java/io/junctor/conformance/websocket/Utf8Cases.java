package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ABORTED_INVALID_PAYLOAD;
import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.INVALID_PAYLOAD;
import static io.junctor.conformance.websocket.Script.FIN;

import io.junctor.conformance.websocket.WebSocketCase.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;

/** Cases about text: JSON messages with valid and invalid UTF-8 (RFC 3629) in a string. */
final class Utf8Cases {
    /** A text by its first and last code points, its longest forms, and characters that are often got wrong. */
    private record Valid(String named, String text) {}

    /** Octets that are no UTF-8; {@code wrongAt} is the first octet that no valid text continues with. */
    private record Invalid(String named, String hex, int wrongAt) {}

    private static final Valid[] VALID = {
        new Valid("U+0020 and U+007E, the ends of printable ASCII", " ~"),
        new Valid("U+0080, the first of two octets", "\u0080"),
        new Valid("U+07FF, the last of two octets", "\u07FF"),
        new Valid("U+0800, the first of three octets", "\u0800"),
        new Valid("U+D7FF, the last before the surrogates", "\uD7FF"),
        new Valid("U+E000, the first after the surrogates", "\uE000"),
        new Valid("U+FEFF, a byte order mark within the text", "\uFEFF"),
        new Valid("U+FFFD, the replacement character", "\uFFFD"),
        new Valid("U+FFFE and U+FFFF, which are not characters", "\uFFFE\uFFFF"),
        new Valid("U+10000, the first of four octets", "\uD800\uDC00"),
        new Valid("U+1FFFE and U+1FFFF, which are not characters", "\uD83F\uDFFE\uD83F\uDFFF"),
        new Valid("U+3FFFF and U+40000, where the first octet changes", "\uD8BF\uDFFF\uD8C0\uDC00"),
        new Valid("U+10FFFF, the last code point", "\uDBFF\uDFFF"),
        new Valid("Greek", "κόσμε"),
        new Valid("Chinese", "你好，世界"),
        new Valid("an accent as a character of its own", "e\u0301"),
        new Valid("a family of four in seven code points", "👨‍👩‍👧‍👦"),
        new Valid("all lengths in turn", "a¢€𐍈𐍈€¢a"),
    };

    private static final Invalid[] INVALID = {
        new Invalid("a continuation octet alone, 80", "80", 0),
        new Invalid("a continuation octet alone, BF", "BF", 0),
        new Invalid("two continuation octets", "80BF", 0),
        new Invalid("a continuation octet after a whole character", "C3A980", 2),
        new Invalid("a continuation octet too many after three octets", "E282AC80", 3),
        new Invalid("a continuation octet too many after four octets", "F0908D8880", 4),
        new Invalid("the lead C2 before a letter", "C241", 1),
        new Invalid("the lead E2 before a letter", "E241", 1),
        new Invalid("the lead E2 and one octet before a letter", "E28241", 2),
        new Invalid("the lead F0 before a letter", "F041", 1),
        new Invalid("the lead F0 and one octet before a letter", "F09041", 2),
        new Invalid("the lead F0 and two octets before a letter", "F0908D41", 3),
        new Invalid("the lead C2 before another lead", "C2C2A9", 1),
        new Invalid("the lead E2 before another lead", "E2C2A9", 1),
        new Invalid("an overlong slash in two octets", "C0AF", 0),
        new Invalid("an overlong U+007F in two octets", "C1BF", 0),
        new Invalid("an overlong slash in three octets", "E080AF", 1),
        new Invalid("an overlong U+07FF in three octets", "E09FBF", 1),
        new Invalid("an overlong slash in four octets", "F08080AF", 1),
        new Invalid("an overlong U+FFFF in four octets", "F08FBFBF", 1),
        new Invalid("an overlong U+0000 in two octets", "C080", 0),
        new Invalid("U+D800, the first surrogate", "EDA080", 1),
        new Invalid("U+DBFF, the last high surrogate", "EDAFBF", 1),
        new Invalid("U+DC00, the first low surrogate", "EDB080", 1),
        new Invalid("U+DFFF, the last surrogate", "EDBFBF", 1),
        new Invalid("a pair of surrogates, each in three octets", "EDA081EDB080", 1),
        new Invalid("U+110000, above the last code point", "F4908080", 1),
        new Invalid("a character above the last code point by its lead F5", "F5808080", 0),
        new Invalid("a form of five octets", "F888808080", 0),
        new Invalid("a form of six octets", "FC8480808080", 0),
        new Invalid("the octet FE", "FE", 0),
        new Invalid("the octet FF", "FF", 0),
    };

    /** A container closes before the router sees the message. */
    private static final Map<Side, String> WITHOUT_ABORT = Map.of(Side.JAKARTA, INVALID_PAYLOAD.toString());

    private Utf8Cases() {}

    static CaseGroup valid() {
        CaseGroup group = new CaseGroup("Text that is UTF-8", "utf8");
        for (Valid valid : VALID) {
            byte[] octets = valid.text.getBytes(StandardCharsets.UTF_8);
            group.add("6455-8.1", valid.named, ANSWERED, s -> s.whole(s.message(octets)));
            group.add(
                    "6455-8.1",
                    valid.named + ", in writes of one octet",
                    ANSWERED,
                    s -> s.pieces(1).whole(s.message(octets)));
            group.add("6455-5.6", valid.named + ", each octet in a frame of its own", ANSWERED, s -> {
                byte[] message = s.message(octets);
                s.fragments(
                        message,
                        IntStream.rangeClosed(s.octetsAt(), s.octetsAt() + octets.length)
                                .toArray());
            });
        }
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        for (int split = 1; split < 3; split++) {
            int end = split;
            group.add(
                    "6455-5.6", "a ping after " + split + " of the 3 octets of a character, answered", ANSWERED, s -> {
                        byte[] message = s.message(euro);
                        int at = s.octetsAt() + end;
                        s.first(Arrays.copyOf(message, at))
                                .ping("within")
                                .awaitPong()
                                .last(Arrays.copyOfRange(message, at, message.length));
                    });
        }
        return group;
    }

    static CaseGroup invalid() {
        CaseGroup group = new CaseGroup("Text that is not UTF-8", "bad8");
        for (Invalid invalid : INVALID) {
            byte[] octets = HexFormat.of().parseHex(invalid.hex);
            group.on(Side.LISTENER, Side.values()).differing(WITHOUT_ABORT);
            group.add("6455-8.1", invalid.named, ABORTED_INVALID_PAYLOAD, s -> s.whole(s.message(octets)));
            group.on(Side.LISTENER, Side.JAKARTA).differing(Map.of());
            group.add(
                    "6455-8.1",
                    invalid.named + ", sent up to the first wrong octet of the frame",
                    INVALID_PAYLOAD,
                    s -> {
                        byte[] message = s.message(octets);
                        int sent = s.octetsAt() + invalid.wrongAt + 1;
                        s.sized(FIN | s.opcode(), 0, message.length, Arrays.copyOf(message, sent));
                    });
            group.on(Side.LISTENER, Side.values());
            group.add(
                    "6455-8.1",
                    invalid.named + ", sent up to the first wrong octet, in a frame of its own",
                    INVALID_PAYLOAD,
                    s -> {
                        byte[] message = s.message(octets);
                        int wrong = s.octetsAt() + invalid.wrongAt;
                        s.first(Arrays.copyOf(message, wrong))
                                .ping("still right")
                                .awaitPong()
                                .middle(Arrays.copyOfRange(message, wrong, wrong + 1));
                    });
        }
        group.differing(WITHOUT_ABORT);
        group.add("6455-8.1", "a wrong octet between the elements of a list", ABORTED_INVALID_PAYLOAD, s -> {
            byte[] message = s.message();
            message[1] = (byte) 0xFF;
            s.whole(message);
        });
        group.add("6455-8.1", "a wrong octet after the end of the list", ABORTED_INVALID_PAYLOAD, s -> {
            byte[] message = s.message();
            byte[] longer = Arrays.copyOf(message, message.length + 1);
            longer[message.length] = (byte) 0x80;
            s.whole(longer);
        });
        return group;
    }
}
