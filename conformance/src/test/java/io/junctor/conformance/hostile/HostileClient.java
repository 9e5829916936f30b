package io.junctor.conformance.hostile;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Used by one thread. Attacks a router with several attacks at a time. Which attacks come after each other, and how much each sends, is
 * drawn from a seed; only how many have their turn depends on the machine.
 */
final class HostileClient implements AutoCloseable {
    private static final int AT_ONCE = 4;
    /** An attack has drawn how much it does. One that the router does not let go on, or that is slow beside other load, ends then. */
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final long ENDING_MILLIS = 60_000;

    private final RouterProcess router;
    private final Draws draws;
    private final ByteRateLimit pace;
    private final AttackLog journal = new AttackLog();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped; // Written once, by the test; no order is needed.

    private HostileClient(RouterProcess router, Draws draws, long bytesPerSecond) {
        this.router = router;
        this.draws = draws;
        this.pace = new ByteRateLimit(bytesPerSecond);
    }

    /**
     * Begins to attack with these attacks, again and again until {@link #close}.
     *
     * @param bytesPerSecond how much all attacks together send: a high rate takes the processors from ordinary callers, which share them
     *     with this client
     */
    static HostileClient start(RouterProcess router, long seed, List<Attack> attacks, long bytesPerSecond) {
        HostileClient client = new HostileClient(router, new Draws(seed, attacks), bytesPerSecond);
        for (int i = 0; i < AT_ONCE; i++) {
            client.threads.add(Thread.ofPlatform().name("hostile-" + i).start(client::attack));
        }
        return client;
    }

    AttackLog journal() {
        return journal;
    }

    /** What went wrong in the hostile client itself. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    long sentBytes() {
        return pace.sentBytes();
    }

    /** Ends all attacks; their connections are closed when this returns. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void attack() {
        try {
            while (!stopped && router.isAlive()) {
                run(draws.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Draw draw) throws InterruptedException {
        Attack attack = draw.attack();
        Attacker attacker = new Attacker(router, pace, draw.random());
        Instant begin = Instant.now();
        Thread thread = Thread.ofPlatform().name(attack.text()).start(() -> run(attack, attacker));
        long until = System.nanoTime() + MOST_NANOS;
        while (!stopped && thread.isAlive() && System.nanoTime() - until < 0) {
            thread.join(50);
        }
        attacker.end();
        thread.join(ENDING_MILLIS);
        if (thread.isAlive()) {
            faults.add(attack.text() + " did not end: " + List.of(thread.getStackTrace()));
        }
        attacker.end();
        journal.add(new AttackLog.Entry(
                attack, begin, Instant.now(), attacker.messages(), attacker.bytes(), attacker.connections()));
    }

    private void run(Attack attack, Attacker attacker) {
        try {
            attack.run(attacker);
        } catch (IOException refused) {
            // The router refuses connections: an answer like any other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            if (!attacker.isOver()) {
                faults.add(attack.text() + ": " + fault + " at " + fault.getStackTrace()[0]);
            }
        }
    }

    /** Immutable, but for the source of random numbers. An attack, and what it draws from. */
    private record Draw(Attack attack, SplittableRandom random) {}

    /** Safe for use by many threads. All attacks in a drawn order, then in another one, and so on. */
    private static final class Draws {
        private final List<Attack> attacks;
        private final SplittableRandom random;
        private final List<Attack> order = new ArrayList<>();

        Draws(long seed, List<Attack> attacks) {
            this.attacks = attacks;
            this.random = new SplittableRandom(seed);
        }

        synchronized Draw next() {
            if (order.isEmpty()) {
                order.addAll(attacks);
                Collections.shuffle(order, new Random(random.nextLong()));
            }
            return new Draw(order.removeLast(), random.split());
        }
    }
}
