package io.junctor.wamp.codec;

/**
 * The limits that a decoder applies to received messages before it allocates memory.
 *
 * @param messageBytes the maximum size of a message
 * @param depth the maximum nesting of lists and dictionaries; the message itself is level 1
 * @param elements the maximum number of elements in the options and details of one message
 */
public record CodecLimits(int messageBytes, int depth, int elements) {
    /** The default limits: 1 MiB, depth 64, 65,536 elements. */
    public static final CodecLimits DEFAULT = new CodecLimits(1 << 20, 64, 1 << 16);

    /**
     * The maximum number of keys in the options and details of one message. There are fewer known keys, and a sender could choose unknown
     * keys that take long to insert into a hash table.
     */
    public static final int OPTION_KEYS = 1_000;

    /** The maximum number of bits of an integer that is decoded. Payloads with larger integers can still be forwarded, without decoding. */
    public static final int NUMBER_BITS = 4096;

    /** The maximum number of characters of a JSON number that is decoded. Payloads with longer numbers can still be forwarded, without decoding. */
    public static final int NUMBER_CHARACTERS = 1000;

    private static final int MAX_DEPTH = 1000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a limit is not positive, or {@code depth} over 1,000
     */
    public CodecLimits {
        if (messageBytes < 1 || elements < 1 || depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("codec limits must be positive, and depth must be at most " + MAX_DEPTH);
        }
    }
}
