package io.junctor.cluster.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What the parts of a simulation share. For one thread. */
final class World {
    static final List<String> REALMS = List.of("realm1", "realm2");

    final Conditions conditions;
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
    final KeptPromises kept;
    final MetaPromises meta;
    /** Whether nothing new shall begin: callees answer all that they have. */
    boolean isQuiet;

    /** When something was wrong with a connection, a process or a store last. */
    long lastTroubleNanos;

    /** Whether clients want one procedure most of the time, and a router is paused until the others have declared it dead. */
    boolean isAboutOneProcedure;

    private boolean hasTrouble;
    private int lastNumber;

    World(long seed, Conditions conditions, boolean keepsMessages) {
        this.conditions = conditions;
        this.random = new Random(seed);
        this.time = new VirtualTime(random);
        this.trace = new Trace(keepsMessages);
        this.outside = new VirtualProcess("outside", time);
        this.events = new EventPromises(this);
        this.testaments = new TestamentPromises(this);
        this.kept = new KeptPromises(this);
        this.meta = new MetaPromises(this);
    }

    /** Whether nothing was wrong so far. */
    boolean isUndisturbed() {
        return !hasTrouble;
    }

    /** Something goes wrong. */
    void noteTrouble() {
        hasTrouble = true;
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
