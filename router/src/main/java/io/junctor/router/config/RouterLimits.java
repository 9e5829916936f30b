package io.junctor.router.config;

/**
 * Limits of the whole router.
 *
 * @param sessions the most sessions and connections at a time
 * @param outboxHeapPercent the share of the heap that all outboxes together may hold before the fullest outboxes take no more events
 * @param failedJoinsPerMinute the number of attempts per minute to join with wrong credentials, for one address and one authid
 * @param incomingHeapPercent the share of the heap that all connections together may hold of messages which are incomplete or not routed
 *     yet
 * @param keptHeapPercent the share of the heap that the retained events, testaments and histories of all realms may use together
 * @param challengesPerMinute the number of challenges per minute that an address may leave without a correct answer
 */
public record RouterLimits(
        int sessions,
        int outboxHeapPercent,
        int failedJoinsPerMinute,
        int incomingHeapPercent,
        int keptHeapPercent,
        int challengesPerMinute) {
    /**
     * 100,000 sessions; a quarter of the heap for outboxes; 30 failed joins; an eighth of the heap for incoming messages and for kept
     * events each; 6,000 challenges.
     */
    public static final RouterLimits DEFAULT = new RouterLimits(100_000, 25, 30);

    /** Creates limits with the default shares of the heap for incoming messages and kept events, and the default number of challenges. */
    public RouterLimits(int sessions, int outboxHeapPercent, int failedJoinsPerMinute) {
        this(sessions, outboxHeapPercent, failedJoinsPerMinute, 12, 12, 6_000);
    }
}
