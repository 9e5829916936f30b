package io.junctor.router.config;

/**
 * Immutable. Limits of the whole router.
 *
 * @param sessions the most sessions and connections at a time
 * @param outboxHeapPercent how much of the heap all outboxes together may hold before the fullest take no more events
 */
public record RouterLimits(int sessions, int outboxHeapPercent) {
    /** 100,000 sessions; a quarter of the heap. */
    public static final RouterLimits DEFAULT = new RouterLimits(100_000, 25);
}
