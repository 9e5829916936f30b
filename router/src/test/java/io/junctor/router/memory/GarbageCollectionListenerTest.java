package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.memory.GarbageCollectionListener.Pool;
import io.junctor.router.metrics.Counters;
import java.util.List;
import org.junit.jupiter.api.Test;

class GarbageCollectionListenerTest {
    private final LowHeapMonitor heap = new LowHeapMonitor(new Counters());
    private long eden;
    private long old;

    @Test
    void memoryIsLowWhenTwoCollectionsInARowSaySo() {
        try (GarbageCollectionListener listener =
                new GarbageCollectionListener(heap, List.of(new Pool(false, () -> old)))) {
            old = Runtime.getRuntime().maxMemory();
            listener.onCollection("end of minor GC");
            assertThat(heap.refusesJoins()).isFalse();
            listener.onCollection("end of minor GC");
            assertThat(heap.refusesJoins()).isTrue();
            old = 0;
            listener.onCollection("end of minor GC");
            assertThat(heap.refusesJoins()).isFalse();
        }
    }

    @Test
    void whatAConcurrentCycleMeasuresInYoungPoolsIsNotWhatACollectionLeft() {
        try (GarbageCollectionListener listener =
                new GarbageCollectionListener(heap, List.of(new Pool(true, () -> eden), new Pool(false, () -> old)))) {
            eden = 10;
            old = 100;
            listener.onCollection("end of minor GC");
            listener.onCollection("end of minor GC");
            assertThat(heap.usedBytes()).isEqualTo(110);

            eden = Runtime.getRuntime().maxMemory();
            old = 90;
            listener.onCollection("end of concurrent GC pause");
            assertThat(heap.usedBytes()).isEqualTo(100);
            assertThat(heap.refusesJoins()).isFalse();

            listener.onCollection("end of major GC");
            listener.onCollection("end of major GC");
            assertThat(heap.refusesJoins()).isTrue();
        }
    }
}
