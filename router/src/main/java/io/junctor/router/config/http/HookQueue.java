package io.junctor.router.config.http;

/**
 * How many events may wait for delivery by HTTP.
 *
 * @param events the most events
 * @param bytes the most bytes of their bodies
 * @param requests the most requests at a time; of one topic there is one at a time
 */
public record HookQueue(int events, int bytes, int requests) {
    /** Ten thousand events. */
    public static final HookQueue DEFAULT = new HookQueue(10_000, 16 << 20, 8);
}
