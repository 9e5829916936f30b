package io.junctor.router.connection;

import io.junctor.router.connection.transport.Connection;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.TransportCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops a client whose transport accepts no bytes. A periodic sweep checks the outbox. Confined to the sweep. */
final class StalledWriteDetector {
    private static final Logger LOG = LoggerFactory.getLogger(StalledWriteDetector.class);

    private final Connection connection;
    private final Outbox outbox;
    private final Counters counters;
    private int lastWrite;
    private long lastWriteNanos;

    StalledWriteDetector(Connection connection, Outbox outbox, Counters counters) {
        this.connection = connection;
        this.outbox = outbox;
        this.counters = counters;
    }

    /** Drops the client if the same write has been unfinished for longer than the listener allows. */
    void look(long nowNanos) {
        int write = outbox.writeOnItsWay();
        if (write == 0 || write != lastWrite || connection.noticesStall()) {
            lastWrite = write;
            lastWriteNanos = nowNanos;
        } else if (nowNanos - lastWriteNanos
                > connection.limits().stalledWriter().toNanos()) {
            lastWriteNanos = nowNanos;
            counters.of(connection.transport()).increment(TransportCounter.WRITERS_STALLED);
            LOG.warn(
                    "{} disconnected: it took no byte for {} s (stalled_writer)",
                    ClientLogEntry.where(connection),
                    connection.limits().stalledWriter().toSeconds());
            connection.drop();
        }
    }
}
