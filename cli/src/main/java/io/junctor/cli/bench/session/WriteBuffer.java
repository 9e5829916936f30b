package io.junctor.cli.bench.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import tlschannel.NeedsWriteException;

/** Holds the bytes of one client until they are written. Confined to the thread of its loop. */
final class WriteBuffer {
    /** The waiting bytes are between {@link #start} and the position. */
    private ByteBuffer bytes = ByteBuffer.allocate(512);

    private int start;

    /** Returns a buffer with space for at least {@code moreBytes} more bytes. */
    ByteBuffer room(int moreBytes) {
        reserve(moreBytes);
        return bytes;
    }

    boolean isEmpty() {
        return start == bytes.position();
    }

    /** Writes as many bytes as the channel accepts. Returns whether all were written. */
    boolean writeTo(WritableByteChannel channel) throws IOException {
        ByteBuffer waiting = ByteBuffer.wrap(bytes.array(), start, bytes.position() - start);
        try {
            channel.write(waiting);
        } catch (NeedsWriteException e) {
            return false;
        } finally {
            start = waiting.position();
        }
        if (!isEmpty()) {
            return false;
        }
        start = 0;
        bytes.clear();
        return true;
    }

    private void reserve(int moreBytes) {
        if (moreBytes <= bytes.remaining()) {
            return;
        }
        int waitingBytes = bytes.position() - start;
        ByteBuffer target = waitingBytes + moreBytes <= bytes.capacity()
                ? bytes
                : ByteBuffer.allocate(Math.max(2 * bytes.capacity(), waitingBytes + moreBytes));
        System.arraycopy(bytes.array(), start, target.array(), 0, waitingBytes);
        bytes = target.position(waitingBytes);
        start = 0;
    }
}
