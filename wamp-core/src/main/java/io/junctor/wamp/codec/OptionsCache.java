package io.junctor.wamp.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The options that were read last in messages of each type, with the bytes they were read from: most clients send the
 * same few all the time, and what begins with the same bytes is the same dictionary. Thread-safe.
 *
 * <p>Threads may overwrite what others remember, and see it late: then something is read once more.
 */
final class OptionsCache {
    /** Enough for the details of most {@code HELLO}s. */
    private static final int LONGEST = 512;
    /** A dictionary without entries is read faster than looked up. */
    private static final int SHORTEST = 3;

    /** Immutable, so that it may be handed from thread to thread without further ado. */
    private static final class Read {
        final byte[] encoded;
        final Object options;

        Read(byte[] encoded, Object options) {
            this.encoded = encoded;
            this.options = options;
        }

        boolean isAt(byte[] bytes, int from, int end) {
            int to = from + encoded.length;
            return to <= end && Arrays.equals(bytes, from, to, encoded, 0, encoded.length);
        }
    }

    private final @Nullable Read[] byLayout = new @Nullable Read[MessageType.values().length];

    /** The options that {@code in} stands at, which are passed; null if others were read last. */
    @Nullable
    Object find(MessageType layout, WireReader in) {
        Read last = byLayout[layout.ordinal()];
        if (last == null || !last.isAt(in.bytes(), in.position(), in.end)) {
            return null;
        }
        in.pass(last.encoded.length);
        return last.options;
    }

    /** Remembers the options that {@code in} read since {@code from}. */
    void keep(MessageType layout, Object options, WireReader in, int from) {
        int length = in.position() - from;
        if (length >= SHORTEST && length <= LONGEST && in.foreign() == null) {
            byte[] encoded = Arrays.copyOfRange(in.bytes(), from, in.position());
            byLayout[layout.ordinal()] = new Read(encoded, options);
        }
    }
}
