package io.junctor.wamp.codec;

/**
 * Immutable. What a decoder accepts from a stranger; applied before memory is taken.
 *
 * @param messageBytes the largest message
 * @param depth the deepest nesting of lists and dictionaries, the message itself being depth 1
 * @param elements the most elements one message may have in its options and details
 */
public record Limits(int messageBytes, int depth, int elements) {
    /** 1 MiB, depth 64, 65,536 elements. */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 1 << 16);
}
