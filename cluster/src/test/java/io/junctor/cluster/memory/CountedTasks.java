package io.junctor.cluster.memory;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Runs each task on a virtual thread of its own. A test can wait until all tasks have ended. Thread-safe. */
public final class CountedTasks implements Executor {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger underWay = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        underWay.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    /** Returns when all tasks have ended, also those that tasks have started. */
    public void settle() {
        Awaitility.await("the routers come to rest")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> underWay.get() == 0);
    }
}
