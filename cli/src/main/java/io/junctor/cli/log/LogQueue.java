package io.junctor.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes log lines to an appender on a separate thread, so that a blocked terminal, pipe or disk blocks only that
 * thread. At most {@link #MOST} lines wait; further lines are dropped and counted, and a later line reports the number.
 * Thread-safe.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** The maximum number of lines that wait. */
    static final int MOST = 4_096;

    private static final String LOGGER = "io.junctor.cli.Log";

    /** A log line, or a marker: {@code done} is counted down when all lines before it are written. */
    private record QueuedLine(@Nullable ILoggingEvent line, CountDownLatch done) {}

    private final Appender<ILoggingEvent> target;
    private final Counter counter;
    private final ArrayBlockingQueue<QueuedLine> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong dropped = new AtomicLong();
    private volatile Counters counters = new Counters();
    private volatile @Nullable Thread writer;

    /** Creates a queue that writes to {@code target} and counts dropped lines in {@code counter}. */
    LogQueue(Appender<ILoggingEvent> target, Counter counter) {
        this.target = target;
        this.counter = counter;
    }

    /** Counts in {@code others} from now on. */
    void countIn(Counters others) {
        counters = others;
        if (target instanceof AuditFile file) {
            file.countIn(others);
        }
    }

    /** Writes later lines with another encoder, if they go to the console. */
    void encodeBy(Encoder<ILoggingEvent> encoder) {
        if (target instanceof ConsoleAppender<ILoggingEvent> console) {
            flush();
            console.setEncoder(encoder);
        }
    }

    @Override
    public void start() {
        super.start();
        writer = Thread.ofPlatform().daemon().name("log").start(this::write);
    }

    /** Waits at most a second until the waiting lines are written. */
    @Override
    public void stop() {
        if (isStarted()) {
            super.stop();
            flush();
            Thread ended = writer;
            if (ended != null) {
                ended.interrupt();
            }
        }
    }

    /** Waits at most a second until all lines so far are written. */
    void flush() {
        QueuedLine last = new QueuedLine(null, new CountDownLatch(1));
        try {
            if (waiting.offer(last, 1, TimeUnit.SECONDS) && !last.done.await(1, TimeUnit.SECONDS)) {
                addWarn("the log was not written completely");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent line) {
        line.prepareForDeferredProcessing();
        if (!waiting.offer(new QueuedLine(line, new CountDownLatch(0)))) {
            dropped.incrementAndGet();
            counters.increment(counter);
        }
    }

    private void write() {
        try {
            while (true) {
                QueuedLine next = waiting.take();
                if (next.line != null) {
                    target.doAppend(next.line);
                }
                tellOfDropped();
                next.done.countDown();
            }
        } catch (InterruptedException stopped) {
            target.stop();
        }
    }

    private void tellOfDropped() {
        long lines = dropped.getAndSet(0);
        if (lines > 0 && getContext() instanceof LoggerContext context) {
            target.doAppend(new LoggingEvent(
                    LogQueue.class.getName(),
                    context.getLogger(LOGGER),
                    Level.WARN,
                    "{} lines were dropped here, as the log was not written fast enough",
                    null,
                    new Object[] {lines}));
        }
    }
}
