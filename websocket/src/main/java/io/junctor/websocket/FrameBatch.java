package io.junctor.websocket;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Used by one thread at a time. Messages on their way out, seen as one stream of WebSocket frames of which any part can be
 * copied, and copied again.
 */
public final class FrameBatch {
    private static final int LAST_FRAME = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;

    private final List<byte[]> messages;
    private final int firstByte;
    private final long totalBytes;
    private long position;
    private int messageIndex;
    private long messageStart;

    public FrameBatch(List<byte[]> messages, boolean text) {
        this.messages = messages;
        this.firstByte = LAST_FRAME | (text ? TEXT : BINARY);
        long sum = 0;
        for (byte[] message : messages) {
            sum += frameBytes(message);
        }
        this.totalBytes = sum;
    }

    /** A control frame; the payload has at most 125 bytes. */
    public static byte[] controlFrame(int opcode, byte[] payload) {
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) (LAST_FRAME | opcode);
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    public long bytesLeft() {
        return totalBytes - position;
    }

    /** Whether the next byte begins a frame, or none is left. */
    public boolean isBetweenFrames() {
        return position == messageStart;
    }

    /** Copies as much as there is room for. */
    public void copyTo(ByteBuffer out) {
        while (out.hasRemaining() && messageIndex < messages.size()) {
            byte[] message = messages.get(messageIndex);
            int headerBytes = headerBytes(message.length);
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

    /** Goes back by so many bytes, which are copied again. */
    public void rewind(long bytes) {
        position -= bytes;
        while (position < messageStart) {
            messageIndex--;
            messageStart -= frameBytes(messages.get(messageIndex));
        }
    }

    private void copyHeader(int messageBytes, int from, ByteBuffer out) {
        int headerBytes = headerBytes(messageBytes);
        if (from == 0 && out.remaining() >= headerBytes) {
            putHeader(messageBytes, out);
            position += headerBytes;
        } else {
            ByteBuffer whole = ByteBuffer.allocate(headerBytes);
            putHeader(messageBytes, whole);
            int count = Math.min(headerBytes - from, out.remaining());
            out.put(whole.array(), from, count);
            position += count;
        }
    }

    private void putHeader(int messageBytes, ByteBuffer out) {
        out.put((byte) firstByte);
        if (messageBytes < 126) {
            out.put((byte) messageBytes);
        } else if (messageBytes < 1 << 16) {
            out.put((byte) 126).putShort((short) messageBytes);
        } else {
            out.put((byte) 127).putLong(messageBytes);
        }
    }

    private static int headerBytes(int messageBytes) {
        return messageBytes < 126 ? 2 : messageBytes < 1 << 16 ? 4 : 10;
    }

    private static long frameBytes(byte[] message) {
        return headerBytes(message.length) + (long) message.length;
    }
}
