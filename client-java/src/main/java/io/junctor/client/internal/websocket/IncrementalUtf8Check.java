package io.junctor.client.internal.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks that the frames of a text message are UTF-8 before its last frame has arrived (RFC 6455, section 8.1). Confined to one thread. */
final class IncrementalUtf8Check {
    private static final int DISCARDED_CHARACTERS = 512;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer discarded = CharBuffer.allocate(DISCARDED_CHARACTERS);
    /** The first bytes of an incomplete character, at most three. */
    private byte[] begun = {};

    /** Returns whether the incomplete character is a surrogate, which the decoder detects only with its third byte. */
    private boolean beginsSurrogate() {
        return begun.length > 1 && begun[0] == (byte) 0xED && (begun[1] & 0xFF) >= 0xA0;
    }

    /** Adds bytes. Returns whether the text is valid so far. */
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
