package io.junctor.conformance.cluster;

import io.junctor.client.Session;
import io.junctor.client.SessionClosedException;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Calls a procedure again and again, on a thread of its own, until it is closed. Thread-safe. */
final class CallLoop implements AutoCloseable {
    private final Session session;
    private final String procedure;
    private final Thread thread;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;
    private volatile long startedNanos;
    private long longestNanos;

    CallLoop(Session session, String procedure) {
        this.session = session;
        this.procedure = procedure;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        while (!ending) {
            startedNanos = System.nanoTime();
            String outcome = call();
            note(outcome, System.nanoTime() - startedNanos);
            if (!outcome.equals("answered")) {
                // Who is refused at once does not ask all the time.
                pause();
            }
        }
    }

    private String call() {
        long number = ThreadLocalRandom.current().nextLong(1L << 40);
        try {
            Object answer = session.call(procedure, number).as(Long.class);
            return answer.equals(number) ? "answered" : "another answer";
        } catch (SessionClosedException gone) {
            ending = true;
            return "session ended";
        } catch (WampException error) {
            refused.add(number);
            return error.uri();
        }
    }

    private synchronized void note(String outcome, long nanos) {
        outcomes.merge(outcome, 1L, Long::sum);
        longestNanos = Math.max(longestNanos, nanos);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest time from a call to its answer. A call that is open counts too. */
    synchronized Duration longest() {
        long open = thread.isAlive() ? System.nanoTime() - startedNanos : 0;
        return Duration.ofNanos(Math.max(longestNanos, open));
    }

    /** Whether the call with this argument has ended with an error. */
    boolean hasRefused(long number) {
        return refused.contains(number);
    }

    /** How many calls had which outcome. */
    synchronized Map<String, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    synchronized long count(String outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Waits for the answer to the last call. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        if (!thread.join(Duration.ofMinutes(1))) {
            throw new AssertionError("a call of " + procedure + " has no answer after a minute");
        }
    }
}
