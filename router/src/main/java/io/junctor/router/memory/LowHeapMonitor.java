package io.junctor.router.memory;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which requests the router refuses while the heap is nearly full. Thread-safe.
 *
 * <p>{@link GarbageCollectionListener} reports the bytes in use after each garbage collection. The more bytes are in use, the more the
 * router refuses: each {@link Stage} includes the stages before it. A stage ends when a collection reports a usage that is
 * {@value #HYSTERESIS_PERCENT} percentage points below the share at which the stage begins.
 *
 * <p>An idle router does not collect garbage. Therefore {@link #recheck} requests a collection while a stage lasts, so that the stage ends
 * soon after its cause.
 */
public final class LowHeapMonitor {
    /** The number of percentage points by which the usage must fall below the beginning of a stage before the stage ends. */
    static final int HYSTERESIS_PERCENT = 5;

    static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Logger LOG = LoggerFactory.getLogger(LowHeapMonitor.class);

    /** The stages of low heap; each stage refuses more than the stages before it. */
    public enum Stage {
        /** Nothing is refused. */
        NORMAL(0),
        /** New connections and HELLO messages are refused. */
        JOINS_REFUSED(80),
        /** In addition, new retained events, testaments and history entries are refused. */
        STORAGE_REFUSED(85),
        /** In addition, sessions that read slowly get no events and invocations. */
        EVENTS_DROPPED(90);

        /** The share of the heap, in percent, at which the stage begins. */
        final int beginPercent;

        Stage(int beginPercent) {
            this.beginPercent = beginPercent;
        }
    }

    private final Counters counters;
    private final Runnable collector;
    private final AtomicLong lastRecheckNanos = new AtomicLong();
    private volatile Stage stage = Stage.NORMAL;
    private volatile long usedBytes;

    // The fields below are guarded by this.
    private Stage highest = Stage.NORMAL;

    /** Creates a monitor in stage {@link Stage#NORMAL}, which runs garbage collections by {@code System.gc()}. */
    public LowHeapMonitor(Counters counters) {
        this(counters, System::gc);
    }

    /** Creates a monitor in stage {@link Stage#NORMAL}; {@code collector} runs a garbage collection. */
    LowHeapMonitor(Counters counters, Runnable collector) {
        this.counters = counters;
        this.collector = collector;
    }

    /** The present stage. */
    public Stage stage() {
        return stage;
    }

    public boolean refusesJoins() {
        return stage.compareTo(Stage.JOINS_REFUSED) >= 0;
    }

    public boolean refusesStorage() {
        return stage.compareTo(Stage.STORAGE_REFUSED) >= 0;
    }

    public boolean dropsEvents() {
        return stage == Stage.EVENTS_DROPPED;
    }

    /** The bytes of the heap that were in use after the last garbage collection; 0 before the first. */
    public long usedBytes() {
        return usedBytes;
    }

    /** Records the bytes in use after a garbage collection, and the maximum size of the heap. */
    public synchronized void report(long used, long max) {
        usedBytes = used;
        Stage now = stageAt((int) (used * 100 / max));
        if (now == stage) {
            return;
        }
        if (stage == Stage.NORMAL) {
            counters.increment(Counter.LOW_MEMORY_EPISODES);
            LOG.warn(
                    "memory is low: {} of {} MiB of the heap are in use after a garbage collection; the router refuses"
                            + " connections from {} %, retained events, testaments and history entries from {} %, and"
                            + " events for slow sessions from {} %",
                    used >> 20,
                    max >> 20,
                    Stage.JOINS_REFUSED.beginPercent,
                    Stage.STORAGE_REFUSED.beginPercent,
                    Stage.EVENTS_DROPPED.beginPercent);
        }
        highest = now.compareTo(highest) > 0 ? now : highest;
        stage = now;
        if (now == Stage.NORMAL) {
            LOG.info(
                    "memory is no longer low: {} of {} MiB of the heap are in use after a garbage collection; the"
                            + " highest stage was {}",
                    used >> 20,
                    max >> 20,
                    highest);
            highest = Stage.NORMAL;
        }
    }

    /** The stage for a usage. A stage begins at its share of the heap, and ends {@link #HYSTERESIS_PERCENT} percentage points below. */
    private Stage stageAt(int percent) {
        Stage found = Stage.NORMAL;
        for (Stage each : Stage.values()) {
            boolean isOn = each.compareTo(stage) <= 0;
            if (percent >= each.beginPercent - (isOn ? HYSTERESIS_PERCENT : 0)) {
                found = each;
            }
        }
        return found;
    }

    /** Runs a garbage collection during a stage, at most once in 30 seconds. Called periodically. */
    public void recheck(long nowNanos) {
        long last = lastRecheckNanos.get();
        if (stage == Stage.NORMAL) {
            lastRecheckNanos.set(nowNanos);
        } else if (nowNanos - last >= RECHECK_NANOS && lastRecheckNanos.compareAndSet(last, nowNanos)) {
            collector.run();
        }
    }
}
