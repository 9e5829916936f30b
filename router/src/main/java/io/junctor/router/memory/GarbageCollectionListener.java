package io.junctor.router.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.LongSupplier;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a {@link LowHeapMonitor} the bytes of heap in use after each garbage collection of this process. Thread-safe.
 *
 * <p>It adds up the collection usage of all memory pools of the heap. The JVM measures the collection usage of a pool when it has collected
 * the garbage of that pool, so garbage that a young collection leaves in the old generation does not count. This is true for the Serial,
 * Parallel and G1 collectors, with one exception: the pauses of a concurrent cycle of G1 also measure the young pools, although they do not
 * collect them. A usage threshold of the JVM would count garbage, too, and a collection usage threshold does not report when the usage
 * falls.
 *
 * <p>The listener reports the lower usage of the last two collections. A young collection of G1 that finds no free region leaves much
 * garbage, which the next collection removes.
 */
public final class GarbageCollectionListener implements AutoCloseable {
    private final LowHeapMonitor heap;
    private final List<Pool> pools;
    private final List<NotificationEmitter> collectors;
    private final NotificationListener listener = this::onNotification;

    // The fields below are guarded by this.
    private long youngBytes;
    private long previousBytes;

    /**
     * A memory pool of the heap.
     *
     * @param isYoung whether the pool contains young objects
     * @param usedBytes the bytes in use at the last measurement of the JVM
     */
    record Pool(boolean isYoung, LongSupplier usedBytes) {
        private static Pool of(MemoryPoolMXBean pool) {
            boolean isYoung = pool.getName().contains("Eden") || pool.getName().contains("Survivor");
            return new Pool(isYoung, () -> usedBytes(pool.getCollectionUsage()));
        }

        private static long usedBytes(@Nullable MemoryUsage afterCollection) {
            return afterCollection == null ? 0 : afterCollection.getUsed();
        }
    }

    /** Creates a listener that reports to {@code heap} until {@link #close}. */
    public GarbageCollectionListener(LowHeapMonitor heap) {
        this(
                heap,
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(Pool::of)
                        .toList());
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    /** Creates a listener that reports only when {@link #onCollection} is called. */
    GarbageCollectionListener(LowHeapMonitor heap, List<Pool> pools) {
        this.heap = heap;
        this.pools = pools;
        this.collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    private void onNotification(Notification notification, @Nullable Object none) {
        if (notification.getUserData() instanceof CompositeData content) {
            onCollection(GarbageCollectionNotificationInfo.from(content).getGcAction());
        }
    }

    /** Reports the usage after a collection; {@code action} is the JVM's name of the collection's action. */
    synchronized void onCollection(String action) {
        if (!action.contains("concurrent")) {
            youngBytes = usedBytes(true);
        }
        long bytes = youngBytes + usedBytes(false);
        heap.report(Math.min(bytes, previousBytes), Runtime.getRuntime().maxMemory());
        previousBytes = bytes;
    }

    private long usedBytes(boolean young) {
        return pools.stream()
                .filter(pool -> pool.isYoung == young)
                .mapToLong(pool -> pool.usedBytes.getAsLong())
                .sum();
    }

    /** Stops reporting. A second call has no effect. */
    @Override
    public void close() {
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException closedBefore) {
                return;
            }
        }
    }
}
