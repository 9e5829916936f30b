package io.junctor.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to the file of the audit log. If a line cannot be written, for example because the disk is full, its
 * part is removed from the file and the line is tried again each second. Meanwhile {@link AuditLog#fault} returns the
 * error. Confined to the thread of its {@link LogQueue}.
 */
final class AuditFile extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final long RETRY_MILLIS = 1_000;

    /** Opens the file of the audit log. */
    @FunctionalInterface
    interface Opener {
        /** Returns a channel that appends to the file. */
        SeekableByteChannel open() throws IOException;
    }

    private final Opener opener;
    private final Encoder<ILoggingEvent> encoder;
    private final long retryMillis;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Counters counters = new Counters();
    private @Nullable SeekableByteChannel file;
    private boolean failing;

    AuditFile(Opener opener, Encoder<ILoggingEvent> encoder) {
        this(opener, encoder, RETRY_MILLIS);
    }

    AuditFile(Opener opener, Encoder<ILoggingEvent> encoder, long retryMillis) {
        this.opener = opener;
        this.encoder = encoder;
        this.retryMillis = retryMillis;
    }

    /** Uses these counters from now on. */
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
        while (!write(bytes)) {
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

    private boolean write(byte[] bytes) {
        try {
            SeekableByteChannel channel = file;
            if (channel == null) {
                channel = opener.open();
                file = channel;
            }
            write(channel, bytes);
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
        if (!failing) {
            failing = true;
            AuditLog.failed(String.valueOf(fault.getMessage()));
            LOG.error("the audit log cannot be written and is tried again each second: {}", fault.toString());
        }
    }
}
