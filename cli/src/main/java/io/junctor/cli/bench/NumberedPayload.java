package io.junctor.cli.bench;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Makes payloads of one string that starts with a number; an event with this payload returns the number to the generator. */
final class NumberedPayload {
    /** The length of the number, and so the shortest string. */
    static final int DIGITS = 16;

    private static final int HEX_BITS = 4;
    private static final int HEX_MASK = 0xF;
    private static final String[] WORDS = {
        "temperature", "pressure", "humidity", "position", "state", "speed", "door", "line"
    };
    private static final int MOST_VALUE = 10_000;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Codec codec;
    private final byte[] template;
    private final int offset;

    NumberedPayload(Codec codec, int bytes) {
        this.codec = codec;
        this.template = copyOf(plain(codec, bytes));
        this.offset = new String(template, StandardCharsets.ISO_8859_1).indexOf("x".repeat(DIGITS));
    }

    /** Returns a payload without a number. */
    static Payload plain(Codec codec, int bytes) {
        try {
            return codec.payload(Arguments.of(text(bytes)));
        } catch (UnrepresentableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a text of words that compresses about as well as the texts of applications. It begins with space for a number. */
    private static String text(int bytes) {
        SplittableRandom words = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("x".repeat(DIGITS));
        while (text.length() < bytes) {
            text.append(' ')
                    .append(WORDS[words.nextInt(WORDS.length)])
                    .append('=')
                    .append(words.nextInt(MOST_VALUE));
        }
        return text.substring(0, bytes);
    }

    Payload with(long number) {
        byte[] bytes = template.clone();
        for (int i = 0; i < DIGITS; i++) {
            bytes[offset + i] = HEX[(int) (number >>> ((DIGITS - 1 - i) * HEX_BITS)) & HEX_MASK];
        }
        return Payload.of(codec.serializer(), ArgumentKinds.POSITIONAL, bytes, 0, bytes.length);
    }

    /** Returns the number in a payload; 0 if the payload has no number. */
    long numberIn(Payload payload) {
        try {
            return payload.length() == template.length
                    ? number(
                            new String(payload.bytes(), payload.offset() + offset, DIGITS, StandardCharsets.ISO_8859_1))
                    : number((String) codec.arguments(payload).positional().getFirst());
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private static long number(String text) {
        return HexFormat.fromHexDigitsToLong(text, 0, DIGITS);
    }

    private static byte[] copyOf(Payload payload) {
        byte[] bytes = new byte[payload.length()];
        System.arraycopy(payload.bytes(), payload.offset(), bytes, 0, bytes.length);
        return bytes;
    }
}
