package io.junctor.wamp.codec;

import io.junctor.wamp.value.Uri;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Caches decoded URIs with their encoded bytes. Most clients use the same URIs again and again; a URI from the cache needs no new string,
 * and its hash is known. Thread-safe.
 *
 * <p>Each URI has one place, which its bytes determine, and takes that place from another URI. Threads may overwrite each other's entries
 * and see them late. The URI is then decoded again.
 */
final class UriCache {
    /** The number of places, a power of two. */
    private static final int PLACES = 1 << 9;
    /** The maximum length of an encoded URI in the cache. */
    private static final int LONGEST = 128;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** An odd number with irregular bits, by which the bytes are mixed. */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** One entry of the cache. Its fields are final, so that it can be published without synchronisation. */
    private static final class CachedUri {
        final byte[] encoded;
        final Uri uri;

        CachedUri(byte[] encoded, Uri uri) {
            this.encoded = encoded;
            this.uri = uri;
        }
    }

    /** Null before the first URI, because many clients receive none. */
    private @Nullable CachedUri @Nullable [] places;

    /** Returns the URI whose encoded bytes are {@code from..to}, or null if the cache does not contain it. */
    @Nullable
    Uri find(byte[] bytes, int from, int to) {
        @Nullable CachedUri[] known = places;
        CachedUri entry = known == null ? null : known[place(bytes, from, to)];
        return entry != null && Arrays.equals(entry.encoded, 0, entry.encoded.length, bytes, from, to)
                ? entry.uri
                : null;
    }

    /** Stores a URI that was decoded from the bytes {@code from..to}, unless it is long. */
    void keep(Uri uri, byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return;
        }
        @Nullable CachedUri[] known = places;
        if (known == null) {
            known = new @Nullable CachedUri[PLACES];
            places = known;
        }
        known[place(bytes, from, to)] = new CachedUri(Arrays.copyOfRange(bytes, from, to), uri);
    }

    private static int place(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LONGEST);
        long mixed = (long) to - from;
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            mixed = mix(mixed ^ (long) LONGS.get(bytes, i));
        }
        for (; i < end; i++) {
            mixed = mix(mixed ^ bytes[i]);
        }
        return (int) mixed & PLACES - 1;
    }

    /** Lets each bit of {@code word} change the lowest bits. */
    private static long mix(long word) {
        long product = word * MULTIPLIER;
        return product ^ product >>> 32;
    }
}
