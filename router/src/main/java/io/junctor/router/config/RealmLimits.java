package io.junctor.router.config;

/**
 * Immutable. Limits of each session of a realm, and of the realm's mailbox.
 *
 * @param outboxBytes the most bytes that wait for a session
 * @param outboxMessages the most messages that wait for a session
 * @param slowSubscriber what happens to events for a session whose outbox is full
 * @param mailbox the most operations that wait for the realm
 * @param mailboxPerSession the most of them from one session
 * @param pendingCalls the most open calls of a session
 * @param subscriptions the most subscriptions of a session
 * @param registrations the most registrations of a session
 */
public record RealmLimits(
        int outboxBytes,
        int outboxMessages,
        SlowSubscriber slowSubscriber,
        int mailbox,
        int mailboxPerSession,
        int pendingCalls,
        int subscriptions,
        int registrations) {
    /** 8 MiB or 16,384 messages, dropping events; 65,536 operations, 256 of one session; 10,000 of each. */
    public static final RealmLimits DEFAULT =
            new RealmLimits(8 << 20, 16_384, SlowSubscriber.DROP, 65_536, 256, 10_000, 10_000, 10_000);
}
