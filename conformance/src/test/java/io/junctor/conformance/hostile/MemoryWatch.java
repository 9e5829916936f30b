package io.junctor.conformance.hostile;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Safe for use by many threads. Reads again and again what a router counts as held for its clients. Each kind has a limit of its own; with
 * the slack that a router of little memory needs, none may come to more than a part of its heap. So a missing limit is seen also where
 * another one keeps the process from running out of memory. Mailboxes are left out: a message that waits there counts as many times its
 * bytes as it might take decoded.
 */
final class MemoryWatch implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 250;
    /** The most of each kind, as a part of the heap in percent; the limits are 25 for outboxes and 12 for the others. */
    private static final Map<String, Integer> MOST_PERCENT = Map.of(
            "junctor_outbox_bytes", 50,
            "junctor_incoming_bytes", 25,
            "junctor_kept_bytes", 25);

    private final RouterProcess router;
    private final long heapBytes;
    private final Map<String, Long> most = new ConcurrentHashMap<>();
    private final Thread thread;

    private MemoryWatch(RouterProcess router, int heapMegabytes) {
        this.router = router;
        this.heapBytes = (long) heapMegabytes << 20;
        this.thread = Thread.ofPlatform().name("memory-watch").start(this::watch);
    }

    /** Watches a router that has a heap of {@code heapMegabytes} until {@link #close}. */
    static MemoryWatch start(RouterProcess router, int heapMegabytes) {
        return new MemoryWatch(router, heapMegabytes);
    }

    private void watch() {
        try {
            while (router.isAlive()) {
                look();
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            String page = router.metrics();
            for (String kind : MOST_PERCENT.keySet()) {
                most.merge(kind, (long) RouterProcess.metric(page, kind), Math::max);
            }
        } catch (IOException refused) {
            // A router under attack may refuse a connection; the next look tells.
        }
    }

    /** The most bytes of each kind that were seen. */
    Map<String, Long> most() {
        return Map.copyOf(most);
    }

    /** What was more than it may be. */
    List<String> problems() {
        return MOST_PERCENT.entrySet().stream()
                .filter(kind -> most.getOrDefault(kind.getKey(), 0L) > heapBytes / 100 * kind.getValue())
                .map(kind -> "%s was %d, more than %d %% of the heap"
                        .formatted(kind.getKey(), most.get(kind.getKey()), kind.getValue()))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
