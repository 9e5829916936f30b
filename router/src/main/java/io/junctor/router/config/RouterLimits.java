package io.junctor.router.config;

/**
 * Immutable. Limits of the whole router.
 *
 * @param sessions the most sessions and connections at a time
 * @param outboxHeapPercent how much of the heap all outboxes together may hold before the fullest take no more events
 * @param failedJoinsPerMinute how many attempts to join with wrong credentials an address or an authid has per minute
 * @param incomingHeapPercent how much of the heap all connections together may hold of messages that are not whole or not routed yet
 */
public record RouterLimits(int sessions, int outboxHeapPercent, int failedJoinsPerMinute, int incomingHeapPercent) {
    /** 100,000 sessions; a quarter of the heap; 30 failed joins; an eighth of the heap. */
    public static final RouterLimits DEFAULT = new RouterLimits(100_000, 25, 30, 12);
}
