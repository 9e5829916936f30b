package io.junctor.conformance.websocket;

import java.nio.ByteBuffer;

/**
 * Writes frames (RFC 6455, section 5.2), also wrong ones. Written for the cases, so that a fault in the product's own code does not
 * hide itself. Confined to one thread.
 */
final class FrameEncoder {
    private static final int LONGEST_HEADER = 14;
    private static final int MASKED = 0x80;

    private final boolean masked;
    private int key = 0x37FA_213D;

    FrameEncoder(boolean masked) {
        this.masked = masked;
    }

    /** The masking key of the frames that follow. */
    void key(int next) {
        key = next;
    }

    byte[] frame(int firstByte, byte[] payload) {
        return frame(firstByte, shortest(payload.length), payload.length, payload, masked);
    }

    byte[] wronglyMasked(int firstByte, byte[] payload) {
        return frame(firstByte, shortest(payload.length), payload.length, payload, !masked);
    }

    byte[] sized(int firstByte, int lengthBytes, long announced, byte[] payload) {
        return frame(firstByte, lengthBytes, announced, payload, masked);
    }

    private static int shortest(int length) {
        return length < 126 ? 0 : length < 65_536 ? 2 : 8;
    }

    private byte[] frame(int firstByte, int lengthBytes, long announced, byte[] payload, boolean mask) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST_HEADER + payload.length);
        int maskBit = mask ? MASKED : 0;
        out.put((byte) firstByte);
        switch (lengthBytes) {
            case 0 -> out.put((byte) (maskBit | (int) announced));
            case 2 -> out.put((byte) (maskBit | 126)).putShort((short) announced);
            case 8 -> out.put((byte) (maskBit | 127)).putLong(announced);
            default -> throw new IllegalArgumentException("no length has " + lengthBytes + " octets");
        }
        if (mask) {
            out.putInt(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (mask ? payload[i] ^ key >>> (24 - 8 * (i % 4)) : payload[i]));
        }
        byte[] frame = new byte[out.position()];
        out.flip().get(frame);
        return frame;
    }
}
