package io.junctor.router.config;

/**
 * Limits of the whole router.
 *
 * @param sessions the most sessions and connections at a time
 * @param outboxHeapPercent how much of the heap all outboxes together may hold before the fullest take no more events
 * @param failedJoinsPerMinute how many attempts to join with wrong credentials an address has per minute for one authid
 * @param incomingHeapPercent how much of the heap all connections together may hold of messages that are not whole or not routed yet
 * @param keptHeapPercent how much of the heap retained events, testaments and histories of all realms may take together
 * @param challengesPerMinute how many challenges an address may open per minute without answering them rightly
 */
public record RouterLimits(
        int sessions,
        int outboxHeapPercent,
        int failedJoinsPerMinute,
        int incomingHeapPercent,
        int keptHeapPercent,
        int challengesPerMinute) {
    /** 100,000 sessions; a quarter of the heap; 30 failed joins; an eighth of the heap for each of the next two; 6,000 challenges. */
    public static final RouterLimits DEFAULT = new RouterLimits(100_000, 25, 30);

    /** With the default share of the heap for what comes in, and number of challenges. */
    public RouterLimits(int sessions, int outboxHeapPercent, int failedJoinsPerMinute) {
        this(sessions, outboxHeapPercent, failedJoinsPerMinute, 12, 12, 6_000);
    }
}
