package io.junctor.client.internal.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks that the frames of a text message are UTF-8 before its last frame has arrived (RFC 6455, section 8.1). Confined to one thread. */
final class PartialText {
    private static final int DISCARDED_CHARACTERS = 512;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer discarded = CharBuffer.allocate(DISCARDED_CHARACTERS);
    /** The bytes with which a character begins, at most three. */
    private byte[] begun = {};

    /** The decoder finds surrogates only when their third byte has come. */
    private boolean beginsSurrogate() {
        return begun.length > 1 && begun[0] == (byte) 0xED && (begun[1] & 0xFF) >= 0xA0;
    }

    /** Whether the text goes on with these bytes. */
    boolean continuesWith(byte[] bytes) {
        byte[] joined = Arrays.copyOf(begun, begun.length + bytes.length);
        System.arraycopy(bytes, 0, joined, begun.length, bytes.length);
        ByteBuffer in = ByteBuffer.wrap(joined);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, discarded.clear(), false);
        }
        begun = Arrays.copyOfRange(joined, in.position(), joined.length);
        return !result.isError() && !beginsSurrogate();
    }
}
