package io.junctor.wamp.codec;

/**
 * What a decoder accepts from a stranger; applied before memory is taken.
 *
 * @param messageBytes the largest message
 * @param depth the deepest nesting of lists and dictionaries, the message itself being depth 1
 * @param elements the most elements one message may have in its options and details
 */
public record CodecLimits(int messageBytes, int depth, int elements) {
    /** 1 MiB, depth 64, 65,536 elements. */
    public static final CodecLimits DEFAULT = new CodecLimits(1 << 20, 64, 1 << 16);

    /** The most bits of an integer that is decoded; larger ones pass through unread. */
    public static final int NUMBER_BITS = 4096;

    /** The most characters of a JSON number that is decoded; longer ones pass through unread. */
    public static final int NUMBER_CHARACTERS = 1000;

    private static final int MAX_DEPTH = 1000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a limit is not positive, or {@code depth} over 1,000
     */
    public CodecLimits {
        if (messageBytes < 1 || elements < 1 || depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("limits must be positive, and depth at most " + MAX_DEPTH);
        }
    }
}
