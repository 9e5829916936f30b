package io.junctor.router.connection;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a {@link HeapUsage} what each garbage collection of this process leaves in use. Thread-safe.
 *
 * <p>It adds up the collection usage of all memory pools of the heap. The JVM measures the collection usage of a pool
 * when it has collected the garbage of that pool, so garbage that a young collection leaves in the old generation does
 * not count. This holds for the Serial, Parallel and G1 collectors. A usage threshold would count garbage too, and a
 * collection usage threshold does not report that the usage falls.
 */
public final class GarbageCollectionListener implements AutoCloseable {
    private final HeapUsage heap;
    private final List<MemoryPoolMXBean> pools;
    private final List<NotificationEmitter> collectors;
    private final NotificationListener listener = this::onCollection;

    /** Reports to {@code heap} from now on, until {@link #close}. */
    public GarbageCollectionListener(HeapUsage heap) {
        this.heap = heap;
        this.pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        this.collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    private void onCollection(Notification notification, @Nullable Object none) {
        long used = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage afterCollection = pool.getCollectionUsage();
            used += afterCollection == null ? 0 : afterCollection.getUsed();
        }
        heap.report(used, Runtime.getRuntime().maxMemory());
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
