package io.junctor.cluster.simulation;

import io.junctor.cluster.engine.Store;
import io.junctor.cluster.memory.MemoryNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What goes wrong during a simulation: routers stop, die or lose their connections, and stores do not answer. For one thread. */
final class Troubles {
    /** The most that goes wrong in a simulation. */
    private static final int MOST = Integer.getInteger("simulation.troubles", 4);

    private static final List<Duration> SHORT =
            List.of(Duration.ofMillis(60), Duration.ofMillis(700), Duration.ofMillis(1_300), Duration.ofMillis(2_400));
    private static final List<Duration> LONG =
            List.of(Duration.ofMillis(3_500), Duration.ofSeconds(6), Duration.ofSeconds(12), Duration.ofSeconds(18));

    /** Longer than it takes until the others have declared a router dead. */
    private static final Duration PAUSE = Duration.ofSeconds(22);

    private final World world;
    private final RouterSet routers;
    private final MemoryNetwork network;
    private final boolean areLong;
    /** How many things are wrong now. */
    private int underWay;

    Troubles(World world, RouterSet routers, MemoryNetwork network) {
        this.world = world;
        this.routers = routers;
        this.network = network;
        this.areLong = world.oneIn(3);
        world.isAboutOneProcedure = MOST > 0 && world.oneIn(8);
    }

    /** Lets some things go wrong at times in the next {@code span}. */
    void begin(Duration span) {
        if (world.isAboutOneProcedure) {
            world.outside.after(Duration.ofSeconds(2), () -> {
                world.noteTrouble();
                stop(routers.any(), PAUSE);
            });
        }
        int count = world.random.nextInt(MOST + 1);
        for (int i = 0; i < count; i++) {
            long nanos = (long) (world.random.nextDouble() * span.toNanos());
            world.outside.after(Duration.ofNanos(nanos), this::cause);
        }
    }

    /** How long the longest trouble of this simulation may last. */
    Duration longest() {
        return world.isAboutOneProcedure ? PAUSE : areLong ? LONG.getLast() : SHORT.getLast();
    }

    private Duration duration() {
        return world.any(areLong && world.random.nextBoolean() ? LONG : SHORT);
    }

    private void cause() {
        world.noteTrouble();
        Random random = world.random;
        Duration duration = duration();
        SimulatedRouter router = routers.any();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> cut(List.of(router), duration);
            case 3 -> cut(List.copyOf(routers.all()), duration);
            case 4, 5, 6 -> stop(router, duration);
            case 7 -> suspend(world.any(List.of(Store.values())), duration);
            case 8 -> suspendAll(duration);
            default -> kill(router, duration);
        }
    }

    private void cut(List<SimulatedRouter> cut, Duration duration) {
        note(cut + " cut off for " + duration);
        cut.forEach(SimulatedRouter::cutOff);
        mendAfter(duration, () -> {
            note(cut + " connected again");
            cut.forEach(SimulatedRouter::reconnect);
        });
    }

    private void stop(SimulatedRouter router, Duration duration) {
        note(router + " stopped for " + duration);
        router.stop();
        mendAfter(duration, () -> {
            note(router + " goes on");
            router.goOn();
        });
    }

    private void suspend(Store store, Duration duration) {
        note("the store " + store + " does not answer for " + duration);
        network.suspend(store);
        mendAfter(duration, () -> {
            note("the store " + store + " answers again");
            network.resume(store);
        });
    }

    private void suspendAll(Duration duration) {
        for (Store store : Store.values()) {
            suspend(store, duration);
        }
    }

    private void kill(SimulatedRouter router, Duration duration) {
        if (!router.process.isDead()) {
            note(router + " killed");
            routers.kill(router);
            world.outside.after(duration, routers::startMissing);
        }
    }

    private void mendAfter(Duration duration, Runnable mending) {
        underWay++;
        world.outside.after(duration, () -> {
            mending.run();
            underWay--;
            world.lastTroubleNanos = world.time.nanos();
        });
    }

    /** Ends all that goes wrong. */
    void end() {
        note("everything works again");
        if (underWay > 0) {
            world.lastTroubleNanos = world.time.nanos();
        }
        routers.all().forEach(SimulatedRouter::goOn);
        routers.all().forEach(SimulatedRouter::reconnect);
        for (Store store : Store.values()) {
            network.resume(store);
        }
        routers.startMissing();
    }

    private void note(String what) {
        world.trace.add(world.time.nanos(), what);
    }
}
