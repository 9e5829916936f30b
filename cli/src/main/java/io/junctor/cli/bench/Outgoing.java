package io.junctor.cli.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.SplittableRandom;
import tlschannel.NeedsWriteException;

/** Frames of one client that wait to be written, masked as RFC 6455 asks (section 5.3). */
final class Outgoing {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int FINAL_FRAME = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MOST_HEADER_BYTES = 14;

    private final SplittableRandom masks;
    private byte[] bytes = new byte[512];
    private int start;
    private int end;

    Outgoing(SplittableRandom masks) {
        this.masks = masks;
    }

    void raw(byte[] request) {
        reserve(request.length);
        System.arraycopy(request, 0, bytes, end, request.length);
        end += request.length;
    }

    void frame(int opcode, byte[] content) {
        reserve(MOST_HEADER_BYTES + content.length + Long.BYTES);
        bytes[end++] = (byte) (FINAL_FRAME | opcode);
        length(content.length);
        int mask = masks.nextInt();
        INTS.set(bytes, end, mask);
        end += Integer.BYTES;
        masked(content, mask);
        end += content.length;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Writes what the channel takes; whether that was all. */
    boolean writeTo(WritableByteChannel channel) throws IOException {
        ByteBuffer waiting = ByteBuffer.wrap(bytes, start, end - start);
        try {
            channel.write(waiting);
        } catch (NeedsWriteException e) {
            return false;
        } finally {
            start = waiting.position();
        }
        if (start < end) {
            return false;
        }
        start = 0;
        end = 0;
        return true;
    }

    private void length(int length) {
        if (length < SHORT_LENGTH) {
            bytes[end++] = (byte) (MASKED | length);
        } else if (length <= 0xFFFF) {
            bytes[end++] = (byte) (MASKED | SHORT_LENGTH);
            SHORTS.set(bytes, end, (short) length);
            end += Short.BYTES;
        } else {
            bytes[end++] = (byte) (MASKED | LONG_LENGTH);
            LONGS.set(bytes, end, (long) length);
            end += Long.BYTES;
        }
    }

    private void masked(byte[] content, int mask) {
        System.arraycopy(content, 0, bytes, end, content.length);
        long wide = (long) mask << Integer.SIZE | Integer.toUnsignedLong(mask);
        for (int at = end; at < end + content.length; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
        }
    }

    private void reserve(int more) {
        if (end + more <= bytes.length) {
            return;
        }
        int waiting = end - start;
        byte[] target = waiting + more <= bytes.length ? bytes : new byte[Math.max(2 * bytes.length, waiting + more)];
        System.arraycopy(bytes, start, target, 0, waiting);
        bytes = target;
        start = 0;
        end = waiting;
    }
}
