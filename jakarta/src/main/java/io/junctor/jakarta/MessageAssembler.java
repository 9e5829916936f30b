package io.junctor.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Assembles a message from the parts that a container delivers. However small the parts are, it holds at most twice the
 * bytes of the message so far, and copies each byte a limited number of times. Confined to the thread on which the container
 * calls.
 */
final class MessageAssembler {
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 256;

    /** The largest message: any thread sets it, the container's thread reads it. */
    private volatile int limitBytes;

    private byte[] content = NOTHING;
    private int length;
    private char firstHalf;

    MessageAssembler(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    void limitBytes(int bytes) {
        limitBytes = bytes;
    }

    int limitBytes() {
        return limitBytes;
    }

    /** Returns the number of bytes of the parts so far. */
    int length() {
        return length;
    }

    /** Adds a part; returns false, and discards the message, if the message becomes larger than the limit. */
    boolean add(byte[] part) {
        if (part.length > limitBytes - length) {
            clear();
            return false;
        }
        if (length + part.length > content.length) {
            int doubled = (int) Math.min(limitBytes, Math.max(FIRST_CAPACITY, 2L * content.length));
            content = Arrays.copyOf(content, Math.max(length + part.length, doubled));
        }
        System.arraycopy(part, 0, content, length, part.length);
        length += part.length;
        return true;
    }

    /** Adds a part like {@link #add(byte[])}, in UTF-8. A part may end between the two halves of a surrogate pair. */
    boolean add(String part) {
        String text = firstHalf == 0 ? part : firstHalf + part;
        firstHalf = 0;
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            firstHalf = text.charAt(end - 1);
            text = text.substring(0, end - 1);
        }
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the message of all parts; the next part begins a new message. */
    byte[] finish() {
        byte[] message = content.length == length ? content : Arrays.copyOf(content, length);
        clear();
        return message;
    }

    private void clear() {
        content = NOTHING;
        length = 0;
        firstHalf = 0;
    }
}
