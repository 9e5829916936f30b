package io.junctor.conformance.cluster;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Registers one new procedure after the other on a thread of its own, and unregisters it again. Thread-safe. */
final class RegisterLoop implements AutoCloseable {
    private final Thread thread;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private volatile boolean ending;
    private long lastNanos = System.nanoTime();
    private long longestNanos;

    RegisterLoop(Session session, String prefix) {
        this.thread = Thread.ofVirtual().start(() -> {
            for (int i = 0; !ending; i++) {
                try {
                    session.register(prefix + "." + i, invocation -> null).close();
                    done("REGISTERED");
                } catch (WampException refused) {
                    note(refused.uri());
                }
            }
        });
    }

    private synchronized void done(String outcome) {
        long now = System.nanoTime();
        longestNanos = Math.max(longestNanos, now - lastNanos);
        lastNanos = now;
        note(outcome);
    }

    private synchronized void note(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /** The longest time without a registration. */
    synchronized Duration longest() {
        return Duration.ofNanos(Math.max(longestNanos, thread.isAlive() ? System.nanoTime() - lastNanos : 0));
    }

    synchronized long registered() {
        return outcomes.getOrDefault("REGISTERED", 0L);
    }

    synchronized Map<String, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        if (!thread.join(Duration.ofMinutes(2))) {
            throw new AssertionError("a registration has no answer after two minutes");
        }
    }
}
