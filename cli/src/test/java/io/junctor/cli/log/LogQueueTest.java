package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogQueueTest {
    private final LoggerContext context = new LoggerContext();
    private final Counters counters = new Counters();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** Blocks like a pipe whose reader has stopped. */
    private final AppenderBase<ILoggingEvent> blocked = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            stuck.countDown();
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            written.add(line.getFormattedMessage());
        }
    };

    @Test
    void aFullLogQueueBlocksNoThreadAndCountsTheLostLines() throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        blocked.setContext(context);
        blocked.start();
        LogQueue queue = new LogQueue(blocked, Counter.LOG_LINES_DROPPED);
        queue.setContext(context);
        queue.countIn(counters);
        queue.start();
        ch.qos.logback.classic.Logger logger = context.getLogger("io.junctor.test");
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(queue);

        logger.info("line {}", 0);
        stuck.await();
        int more = LogQueue.MOST + 500;
        for (int i = 1; i <= more; i++) {
            logger.info("line {}", i);
        }
        assertThat(counters.value(Counter.LOG_LINES_DROPPED)).isEqualTo(500);
        assertThat(written).isEmpty();

        release.countDown();
        await().untilAsserted(() -> assertThat(written).hasSize(LogQueue.MOST + 2));
        assertThat(written)
                .startsWith("line 0")
                .contains("500 lines were dropped here, as the log was not written fast enough")
                .endsWith("line " + LogQueue.MOST);
        queue.stop();
    }
}
