package io.junctor.server.framing;

import java.util.Arrays;

/**
 * The bytes of answers to pings that wait for the transport, in the order in which they are sent. Each byte is copied a
 * bounded number of times, however slowly the transport accepts them. Confined to one thread at a time.
 */
final class PongQueue {
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int from;
    private int to;

    /** Adds a frame at the end. */
    void add(byte[] frame) {
        if (bytes.length - to < frame.length) {
            makeRoom(frame.length);
        }
        System.arraycopy(frame, 0, bytes, to, frame.length);
        to += frame.length;
    }

    /** Makes room for more bytes. Moves the waiting bytes only if at least as many bytes were taken or added since the last move. */
    private void makeRoom(int moreBytes) {
        int waiting = size();
        byte[] target =
                waiting + moreBytes <= bytes.length / 2 ? bytes : new byte[Math.max(waiting + moreBytes, 2 * waiting)];
        System.arraycopy(bytes, from, target, 0, waiting);
        bytes = target;
        from = 0;
        to = waiting;
    }

    /** Removes and returns the first bytes, at most {@code mostBytes}. */
    byte[] take(int mostBytes) {
        if (from == to) {
            return EMPTY;
        }
        byte[] taken = Arrays.copyOfRange(bytes, from, from + Math.min(mostBytes, size()));
        from += taken.length;
        if (from == to) {
            clear();
        }
        return taken;
    }

    void clear() {
        bytes = EMPTY;
        from = 0;
        to = 0;
    }

    /** Returns how many bytes wait. */
    int size() {
        return to - from;
    }

    /** Returns how many bytes of memory the queue holds; 0 if no bytes wait. */
    int heldBytes() {
        return bytes.length;
    }
}
