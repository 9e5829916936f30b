package io.junctor.router.connection;

import java.util.concurrent.atomic.AtomicLong;

/** Reports the bytes that one outbox holds to {@link MemoryPressure}, in steps. Called by the appender and the drainer. */
final class PressureReport {
    private final MemoryPressure pressure;
    private final Outbox outbox;
    private final AtomicLong reportedBytes = new AtomicLong();

    PressureReport(MemoryPressure pressure, Outbox outbox) {
        this.pressure = pressure;
        this.outbox = outbox;
    }

    /** Reports what the outbox holds now, if that has changed by a step since the last report. */
    void update() {
        update(MemoryPressure.STEP_BYTES);
    }

    /** Reports exactly what the outbox holds now: nothing of a client that is gone may stay counted. */
    void settle() {
        update(1);
    }

    private void update(int stepBytes) {
        long reported = reportedBytes.get();
        long now = outbox.heapBytes();
        while (Math.abs(now - reported) >= stepBytes) {
            if (reportedBytes.compareAndSet(reported, now)) {
                pressure.add(now - reported);
            }
            reported = reportedBytes.get();
            now = outbox.heapBytes();
        }
    }
}
