package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterLimits;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.memory.LowHeapMonitor.Stage;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LowHeapMonitorTest {
    private static final long MAX = 100L << 20;

    private final Counters counters = new Counters();
    private final AtomicInteger collections = new AtomicInteger();
    private final LowHeapMonitor heap = new LowHeapMonitor(counters, collections::incrementAndGet);

    @Test
    void theFullerTheHeapTheMoreIsRefused() {
        assertThat(at(79)).isEqualTo(Stage.NORMAL);
        assertThat(at(80)).isEqualTo(Stage.JOINS_REFUSED);
        assertThat(heap.refusesStorage()).isFalse();
        assertThat(at(85)).isEqualTo(Stage.STORAGE_REFUSED);
        assertThat(heap.refusesJoins()).isTrue();
        assertThat(heap.dropsEvents()).isFalse();
        assertThat(at(90)).isEqualTo(Stage.EVENTS_DROPPED);
        assertThat(heap.refusesStorage()).isTrue();
    }

    @Test
    void aStageEndsOnlyWellBelowItsBeginning() {
        at(91);
        assertThat(at(85)).isEqualTo(Stage.EVENTS_DROPPED);
        assertThat(at(84)).isEqualTo(Stage.STORAGE_REFUSED);
        assertThat(at(79)).isEqualTo(Stage.JOINS_REFUSED);
        assertThat(at(75)).isEqualTo(Stage.JOINS_REFUSED);
        assertThat(at(74)).isEqualTo(Stage.NORMAL);
        assertThat(at(79)).isEqualTo(Stage.NORMAL);
    }

    @Test
    void anEpisodeCountsOnce() {
        at(82);
        at(95);
        at(82);
        at(10);
        assertThat(counters.value(Counter.LOW_MEMORY_EPISODES)).isEqualTo(1);
        at(82);
        assertThat(counters.value(Counter.LOW_MEMORY_EPISODES)).isEqualTo(2);
    }

    @Test
    void whileAStageLastsACollectionRunsNowAndThen() {
        heap.recheck(LowHeapMonitor.RECHECK_NANOS * 5);
        assertThat(collections).as("memory is not low").hasValue(0);
        at(82);
        heap.recheck(LowHeapMonitor.RECHECK_NANOS * 6 - 1);
        assertThat(collections).as("too early").hasValue(0);
        heap.recheck(LowHeapMonitor.RECHECK_NANOS * 6);
        heap.recheck(LowHeapMonitor.RECHECK_NANOS * 6 + 1);
        assertThat(collections).hasValue(1);
    }

    @Test
    void aCollectionOfThisProcessIsReported() {
        LowHeapMonitor usage = new LowHeapMonitor(counters);
        try (GarbageCollectionListener listener = new GarbageCollectionListener(usage)) {
            assertThat(listener).isNotNull();
            // The JVM reports on a thread of its own.
            Awaitility.await("a report of a collection").until(() -> {
                System.gc();
                return usage.usedBytes() > 0;
            });
        }
        assertThat(usage.usedBytes()).isLessThan(Runtime.getRuntime().maxMemory());
    }

    @Test
    void connectionsAreRefusedWhileMemoryIsLow() {
        ConnectionLimit limit = ConnectionLimit.of(RouterLimits.DEFAULT).refusingWith(heap);
        assertThat(limit.isFull()).isFalse();
        at(80);
        assertThat(limit.isFull()).isTrue();
        assertThat(limit.isMemoryLow()).isTrue();
        at(20);
        assertThat(limit.isFull()).isFalse();
    }

    @Test
    void anOutboxThatHoldsMuchTakesNoEventsInTheLastStage() {
        OutboxBudget outboxes = new OutboxBudget(1 << 30, heap);
        int much = OutboxBudget.LOW_MEMORY_BYTES;
        at(89);
        assertThat(outboxes.isTooMuchForEvent(much, 1)).isFalse();
        at(90);
        assertThat(outboxes.isTooMuchForEvent(much, 1)).isTrue();
        assertThat(outboxes.isTooMuchForEvent(much - 1, 1)).as("little waits").isFalse();
        assertThat(outboxes.isTooMuchForEvent(0, 10 * much))
                .as("an empty outbox takes one message")
                .isFalse();
    }

    @Test
    void whatAllRealmsKeepHasOneLimit() {
        RetentionBudget kept = new RetentionBudget(heap, 1_000);
        RetentionBudget.Account one = kept.account();
        RetentionBudget.Account other = kept.account();
        one.add(600);
        assertThat(other.admits(400)).isTrue();
        assertThat(other.admits(401)).isFalse();
        other.add(401);
        assertThat(one.isOverLimit()).isTrue();
        one.close();
        assertThat(kept.totalBytes()).isEqualTo(401);
        assertThat(other.admits(599)).isTrue();
        at(85);
        assertThat(other.admits(1)).as("the heap is nearly full").isFalse();
    }

    private Stage at(int percent) {
        heap.report(MAX / 100 * percent, MAX);
        return heap.stage();
    }
}
