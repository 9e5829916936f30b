package io.junctor.server.framing;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes messages as one stream, each after its header. Any part of the stream can be copied into a buffer, and can be
 * copied once more after {@link #rewind}. Confined to one thread at a time.
 */
final class MessageBatch {
    private final List<byte[]> messages;
    private final Framing framing;
    private final long totalBytes;
    private long position;
    private int messageIndex;
    private long messageStart;

    MessageBatch(List<byte[]> messages, Framing framing) {
        this.messages = messages;
        this.framing = framing;
        long sum = 0;
        for (byte[] message : messages) {
            sum += frameBytes(message);
        }
        this.totalBytes = sum;
    }

    long bytesLeft() {
        return totalBytes - position;
    }

    /** Returns whether the position is at the start of a frame or after the last frame. */
    boolean isBetweenFrames() {
        return position == messageStart;
    }

    /** Copies until the buffer is full or the last frame is copied. */
    void copyTo(ByteBuffer out) {
        while (out.hasRemaining() && messageIndex < messages.size()) {
            byte[] message = messages.get(messageIndex);
            int headerBytes = framing.headerBytes(message.length);
            long inFrame = position - messageStart;
            if (inFrame < headerBytes) {
                copyHeader(message.length, (int) inFrame, out);
            } else {
                int from = (int) (inFrame - headerBytes);
                int count = Math.min(message.length - from, out.remaining());
                out.put(message, from, count);
                position += count;
            }
            if (position == messageStart + headerBytes + message.length) {
                messageStart = position;
                messageIndex++;
            }
        }
    }

    /** Moves the position back by this many bytes. */
    void rewind(long bytes) {
        position -= bytes;
        while (position < messageStart) {
            messageIndex--;
            messageStart -= frameBytes(messages.get(messageIndex));
        }
    }

    private void copyHeader(int messageBytes, int from, ByteBuffer out) {
        int headerBytes = framing.headerBytes(messageBytes);
        if (from == 0 && out.remaining() >= headerBytes) {
            framing.putHeader(out, messageBytes);
            position += headerBytes;
        } else {
            ByteBuffer whole = ByteBuffer.allocate(headerBytes);
            framing.putHeader(whole, messageBytes);
            int count = Math.min(headerBytes - from, out.remaining());
            out.put(whole.array(), from, count);
            position += count;
        }
    }

    private long frameBytes(byte[] message) {
        return framing.headerBytes(message.length) + (long) message.length;
    }
}
