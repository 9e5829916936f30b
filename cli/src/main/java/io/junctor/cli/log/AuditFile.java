package io.junctor.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to the file of the audit log. If a line cannot be written, for example because the disk is full, the
 * incomplete line is removed from the file, and writing is retried each second. Meanwhile {@link AuditLog#fault} returns the
 * error. If the file was moved away, lines go to a new file at the same path after at most a second. Confined to the thread of its {@link
 * LogQueue}.
 */
final class AuditFile extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final long RETRY_MILLIS = 1_000;

    /** The time between two checks whether the file was moved. */
    private static final long LOOK_MILLIS = 1_000;

    /** The location of the file. */
    interface Location {
        /** Opens the file for appending. Creates a file that does not exist. */
        SeekableByteChannel open() throws IOException;

        /** Returns a key that identifies the file that is at this location now, or null if there is no file. */
        @Nullable
        Object key() throws IOException;
    }

    private final Location location;
    private final Encoder<ILoggingEvent> encoder;
    private final long retryMillis;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Counters counters = new Counters();
    private @Nullable SeekableByteChannel file;
    private @Nullable Object openedKey;
    /** The time of the log line at which the thread last checked the file. */
    private long lookedMillis;

    private boolean failing;

    AuditFile(Location location, Encoder<ILoggingEvent> encoder) {
        this(location, encoder, RETRY_MILLIS);
    }

    AuditFile(Location location, Encoder<ILoggingEvent> encoder, long retryMillis) {
        this.location = location;
        this.encoder = encoder;
        this.retryMillis = retryMillis;
    }

    /** Counts in {@code others} from now on. */
    void countIn(Counters others) {
        counters = others;
    }

    @Override
    public void stop() {
        stopping.countDown();
        super.stop();
    }

    @Override
    protected void append(ILoggingEvent line) {
        byte[] bytes = encoder.encode(line);
        while (!write(bytes, line.getTimeStamp())) {
            if (isStopping()) {
                return;
            }
        }
    }

    private boolean isStopping() {
        try {
            return stopping.await(retryMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean write(byte[] bytes, long nowMillis) {
        try {
            write(open(nowMillis), bytes);
        } catch (IOException fault) {
            onFault(fault);
            return false;
        }
        if (failing) {
            failing = false;
            AuditLog.written();
            LOG.warn("the audit log is written again");
        }
        return true;
    }

    /** Returns the open file. If the last file was moved away, for example by logrotate, opens a new one. */
    private SeekableByteChannel open(long nowMillis) throws IOException {
        SeekableByteChannel channel = file;
        if (channel != null && Math.abs(nowMillis - lookedMillis) >= LOOK_MILLIS) {
            lookedMillis = nowMillis;
            if (!Objects.equals(openedKey, location.key())) {
                file = null;
                channel.close();
                channel = null;
            }
        }
        if (channel == null) {
            channel = location.open();
            file = channel;
            openedKey = location.key();
            lookedMillis = nowMillis;
        }
        return channel;
    }

    private static void write(SeekableByteChannel channel, byte[] bytes) throws IOException {
        long start = channel.size();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException fault) {
            channel.truncate(start);
            throw fault;
        }
    }

    private void onFault(IOException fault) {
        counters.increment(Counter.AUDIT_WRITES_FAILED);
        lookedMillis = 0;
        if (!failing) {
            failing = true;
            AuditLog.failed(String.valueOf(fault.getMessage()));
            LOG.error("the audit log cannot be written and is tried again each second: {}", fault.toString());
        }
    }
}
