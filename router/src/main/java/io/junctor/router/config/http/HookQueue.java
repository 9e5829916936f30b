package io.junctor.router.config.http;

/**
 * The limits of the queue of events that wait for delivery by HTTP.
 *
 * @param events the most events
 * @param bytes the most bytes of their bodies
 * @param requests the maximum number of requests at a time; for each topic there is at most one request at a time
 */
public record HookQueue(int events, int bytes, int requests) {
    /** 10,000 events with 16 MiB, and 8 requests at a time. */
    public static final HookQueue DEFAULT = new HookQueue(10_000, 16 << 20, 8);
}
