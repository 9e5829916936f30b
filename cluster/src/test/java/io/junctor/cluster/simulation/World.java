package io.junctor.cluster.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What the parts of a simulation share. For one thread. */
final class World {
    static final List<String> REALMS = List.of("realm1", "realm2");

    final Random random;
    final VirtualTime time;
    final Trace trace;
    /** A process that never fails: that of the clients. */
    final VirtualProcess outside;
    /** All clients that are there and behave at random. */
    final List<Actor> actors = new ArrayList<>();

    final EventPromises events;
    final CallPromises calls = new CallPromises();
    final TestamentPromises testaments;
    /** Whether nothing new shall begin: callees answer all that they have. */
    boolean isQuiet;

    /** When something was wrong with a connection, a process or a store last. */
    long lastTroubleNanos;

    private int lastNumber;

    World(long seed, boolean keepsMessages) {
        this.random = new Random(seed);
        this.time = new VirtualTime(random);
        this.trace = new Trace(keepsMessages);
        this.outside = new VirtualProcess("outside", time);
        this.events = new EventPromises(this);
        this.testaments = new TestamentPromises(this);
    }

    int nextNumber() {
        return ++lastNumber;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** True in one of so many cases. */
    boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    static void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new BrokenPromise(otherwise.get());
        }
    }
}
