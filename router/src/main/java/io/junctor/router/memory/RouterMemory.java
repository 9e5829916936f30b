package io.junctor.router.memory;

import io.junctor.router.config.RouterLimits;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.MailboxBudget;

/**
 * The memory that all realms and connections of a router share. Its parts are thread-safe.
 *
 * @param heap decides which requests are refused while the heap is nearly full
 * @param outboxes the bytes in all outboxes
 * @param kept the bytes of all retained events, testaments and histories
 * @param mailboxes the bytes of all messages that wait to be routed
 */
public record RouterMemory(LowHeapMonitor heap, OutboxBudget outboxes, RetentionBudget kept, MailboxBudget mailboxes) {
    /** Creates the budgets by the shares of this process's heap that {@code limits} sets. */
    public static RouterMemory of(RouterLimits limits, Counters counters) {
        LowHeapMonitor heap = new LowHeapMonitor(counters);
        return new RouterMemory(
                heap,
                new OutboxBudget(percent(limits.outboxHeapPercent()), heap),
                new RetentionBudget(heap, percent(limits.keptHeapPercent())),
                new MailboxBudget(percent(limits.incomingHeapPercent())));
    }

    /** Uses the shares that {@code limits} sets from now on; bytes above a new limit are not removed. */
    public void use(RouterLimits limits) {
        outboxes.use(percent(limits.outboxHeapPercent()));
        kept.use(percent(limits.keptHeapPercent()));
        mailboxes.use(percent(limits.incomingHeapPercent()));
    }

    private static long percent(int share) {
        return Runtime.getRuntime().maxMemory() / 100 * share;
    }
}
