package io.junctor.wamp.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Caches the last decoded options of each message type with their encoded bytes. Most clients repeat a few options; equal bytes always
 * decode to equal options. Thread-safe.
 *
 * <p>Threads may overwrite each other's entries and see them late. The options are then decoded again.
 */
final class OptionsCache {
    /** The maximum length of encoded options in the cache; sufficient for the details of most {@code HELLO} messages. */
    private static final int LONGEST = 512;
    /** The minimum length of encoded options in the cache. An empty dictionary is decoded faster than it is looked up. */
    private static final int SHORTEST = 3;

    /** One entry of the cache. Its fields are final, so that it can be published without synchronisation. */
    private static final class CachedOptions {
        final byte[] encoded;
        final Object options;

        CachedOptions(byte[] encoded, Object options) {
            this.encoded = encoded;
            this.options = options;
        }

        boolean isAt(byte[] bytes, int from, int end) {
            int to = from + encoded.length;
            return to <= end && Arrays.equals(bytes, from, to, encoded, 0, encoded.length);
        }
    }

    private final @Nullable CachedOptions[] byType = new @Nullable CachedOptions[MessageType.values().length];

    /**
     * Returns the options at the position of {@code in} and skips them. Returns null if the cache has other options.
     */
    @Nullable
    Object find(MessageType type, WireReader in) {
        CachedOptions last = byType[type.ordinal()];
        if (last == null || !last.isAt(in.bytes(), in.position(), in.end)) {
            return null;
        }
        in.pass(last.encoded.length);
        return last.options;
    }

    /** Stores the options that {@code in} read since {@code from}. */
    void keep(MessageType type, Object options, WireReader in, int from) {
        int length = in.position() - from;
        if (length >= SHORTEST && length <= LONGEST && in.unsupported() == null) {
            byte[] encoded = Arrays.copyOfRange(in.bytes(), from, in.position());
            byType[type.ordinal()] = new CachedOptions(encoded, options);
        }
    }
}
