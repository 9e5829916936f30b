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
 * Reports to a {@link LowHeapMonitor} what each garbage collection of this process leaves in use. Thread-safe.
 *
 * <p>It adds up the collection usage of all memory pools of the heap. The JVM measures the collection usage of a pool
 * when it has collected the garbage of that pool, so garbage that a young collection leaves in the old generation does
 * not count. This holds for the Serial, Parallel and G1 collectors, with one exception: the pauses of a concurrent cycle
 * of G1 measure the young pools, too, of which they collect nothing. A usage threshold would count garbage too, and a
 * collection usage threshold does not report that the usage falls.
 *
 * <p>Of the last two collections the one counts that left less in use. A young collection of G1 that finds no free region
 * leaves much garbage, which the next collection removes.
 */
public final class GarbageCollectionListener implements AutoCloseable {
    private final LowHeapMonitor heap;
    private final List<Pool> pools;
    private final List<NotificationEmitter> collectors;
    private final NotificationListener listener = this::onNotification;

    // Guarded by this.
    private long youngBytes;
    private long previousBytes;

    /**
     * Thread-safe. A memory pool of the heap.
     *
     * @param isYoung whether new objects are here
     * @param usedBytes what was in use when the JVM measured it last
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

    /** Reports to {@code heap} from now on, until {@link #close}. */
    public GarbageCollectionListener(LowHeapMonitor heap) {
        this(
                heap,
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(Pool::of)
                        .toList());
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    /** Reports only what it is told by {@link #onCollection}. */
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

    /** A collection has ended; {@code action} is what the JVM says about it. */
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

    /** Reports nothing from now on. Does nothing the second time. */
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
