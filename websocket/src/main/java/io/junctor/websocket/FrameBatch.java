package io.junctor.websocket;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes messages as one stream of unmasked frames. Any part of the stream can be copied into a buffer, and after
 * {@link #rewind} copied again. Confined to one thread at a time.
 */
public final class FrameBatch {
    private final List<byte[]> messages;
    private final int firstByte;
    private final long totalBytes;
    private long position;
    private int messageIndex;
    private long messageStart;

    /** The frames of these messages: text frames or binary frames. */
    public FrameBatch(List<byte[]> messages, boolean text) {
        this.messages = messages;
        this.firstByte = FrameHeader.FIN | Opcode.ofMessages(text);
        long sum = 0;
        for (byte[] message : messages) {
            sum += frameBytes(message);
        }
        this.totalBytes = sum;
    }

    public long bytesLeft() {
        return totalBytes - position;
    }

    /** Whether the position is at the start of a frame, or behind the last one. */
    public boolean isBetweenFrames() {
        return position == messageStart;
    }

    /** Copies until the buffer is full or the last frame is copied. */
    public void copyTo(ByteBuffer out) {
        while (out.hasRemaining() && messageIndex < messages.size()) {
            byte[] message = messages.get(messageIndex);
            int headerBytes = FrameHeader.bytes(message.length);
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
    public void rewind(long bytes) {
        position -= bytes;
        while (position < messageStart) {
            messageIndex--;
            messageStart -= frameBytes(messages.get(messageIndex));
        }
    }

    private void copyHeader(int messageBytes, int from, ByteBuffer out) {
        int headerBytes = FrameHeader.bytes(messageBytes);
        if (from == 0 && out.remaining() >= headerBytes) {
            FrameHeader.put(out, firstByte, messageBytes);
            position += headerBytes;
        } else {
            ByteBuffer whole = ByteBuffer.allocate(headerBytes);
            FrameHeader.put(whole, firstByte, messageBytes);
            int count = Math.min(headerBytes - from, out.remaining());
            out.put(whole.array(), from, count);
            position += count;
        }
    }

    private static long frameBytes(byte[] message) {
        return FrameHeader.bytes(message.length) + (long) message.length;
    }
}
