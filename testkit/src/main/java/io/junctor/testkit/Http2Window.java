package io.junctor.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/** A flow-control window: the number of bytes that may be sent (RFC 9113, section 5.2). Thread-safe. */
final class Http2Window {
    /** The initial window of a connection and of its streams. */
    static final int DEFAULT_BYTES = 65_535;

    private long bytes;
    private boolean closed;

    Http2Window(int bytes) {
        this.bytes = bytes;
    }

    synchronized void add(int more) {
        bytes += more;
        notifyAll();
    }

    /** From now on no byte can be sent. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Makes waiting threads check again whether they still want to send. */
    synchronized void wake() {
        notifyAll();
    }

    /** Waits until at least one byte may be sent or the sender is lost. Takes as many bytes as may be sent, up to {@code most}. */
    synchronized int take(int most, BooleanSupplier isLost) throws IOException {
        try {
            while (bytes <= 0 && !closed && !isLost.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while waiting for a window");
        }
        if (closed || isLost.getAsBoolean()) {
            throw new EOFException("the stream is closed");
        }
        int taken = (int) Math.min(most, bytes);
        bytes -= taken;
        return taken;
    }
}
