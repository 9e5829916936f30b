package io.junctor.cluster.simulation;

import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Three routers on a network in memory, with clients that do anything and a network and routers that fail. One thread runs everything, in
 * virtual time; a seed decides all that is open, so each run can be repeated. For one thread.
 */
final class Simulation {
    private static final int ROUTERS = 3;
    private static final int CLIENTS = 8;
    private static final int ACTS = 100;
    /** How long what went wrong has consequences. */
    private static final long MISSED_NANOS = 5_000_000_000L;

    private static final RouterConfig CONFIG = config();

    private final World world;
    private final SimulatedFaults faults;
    private final MemoryNetwork network;
    private final RouterSet routers;

    private Simulation(long seed, Conditions conditions, boolean keepsMessages) {
        this.world = new World(seed, conditions, keepsMessages);
        this.faults = new SimulatedFaults(world.random, conditions);
        this.network = new MemoryNetwork(world.outside, world.outside, faults);
        this.routers = new RouterSet(world, network, CONFIG);
    }

    /**
     * Runs one simulation.
     *
     * @return a number that is the same for the same seed
     * @throws BrokenPromise if the routers did something else than they promise
     */
    static long run(long seed, Conditions conditions) {
        Simulation simulation = new Simulation(seed, conditions, false);
        simulation.run();
        return simulation.world.trace.hash();
    }

    /** Runs one simulation again that has failed; returns what happened. */
    static List<String> repeat(long seed, Conditions conditions) {
        Simulation simulation = new Simulation(seed, conditions, true);
        try {
            simulation.run();
        } catch (Throwable fault) {
            simulation.world.trace.add(simulation.world.time.nanos(), fault.toString());
        }
        return simulation.world.trace.lines();
    }

    private static RouterConfig config() {
        Rule rule = new Rule(new Uri(""), MatchPolicy.PREFIX, Set.of(Action.values()), true);
        HistoryTopic history =
                new HistoryTopic(new Uri(KeptPromises.HISTORY), MatchPolicy.EXACT, 1_000, Duration.ofHours(1), 1 << 20);
        RouterConfig.Builder config = RouterConfig.builder();
        for (String realm : World.REALMS) {
            config.realm(RealmConfig.open(realm).toBuilder()
                    .role("anonymous", new RoleConfig(List.of(rule)))
                    .features(RealmFeatures.DEFAULT.withHistory(history))
                    .build());
        }
        return config.build();
    }

    private void run() {
        for (int i = 0; i < ROUTERS; i++) {
            routers.add();
        }
        runUntil("the routers come into sync", Duration.ofSeconds(10), routers::areInSync);
        int interestsAtRest = network.interests(routers.any().id());
        Troubles troubles = new Troubles(world, routers, network);
        Duration span = troubles.longest().plusMillis(1_000 + world.random.nextInt(4_000));
        troubles.begin(span);
        actFor(span);
        beQuiet(troubles);
        world.events.checkLost();
        checkTold();
        checkAnswered();
        new Convergence(world, routers).check(this::runFor);
        checkKept();
        end(interestsAtRest);
    }

    private void beQuiet(Troubles troubles) {
        troubles.end();
        faults.calm();
        world.isQuiet = true;
        List.copyOf(world.actors).forEach(Actor::answerAll);
        runFor(Duration.ofSeconds(20));
    }

    /** After some trouble, an observer may have missed some. */
    private void checkTold() {
        for (Observer observer : routers.observers()) {
            long sinceNanos = Math.max(observer.readyNanos(), world.lastTroubleNanos + MISSED_NANOS);
            world.testaments.checkTold(observer.client(), sinceNanos);
            if (observer.client().isOpen()) {
                world.meta.check(observer.told(), observer.readyNanos(), sinceNanos);
            }
        }
    }

    private void checkAnswered() {
        for (Actor actor : world.actors) {
            World.check(actor.client().unanswered() == 0, () -> actor + " waits for answers of " + actor.waitsFor());
        }
    }

    private void checkKept() {
        List<Observer> observers = routers.observers().stream()
                .filter(observer -> observer.client().isOpen())
                .toList();
        observers.forEach(observer -> observer.readKept(KeptPromises.HISTORY, KeptPromises.RETAINED));
        runFor(Duration.ofSeconds(2));
        for (Observer observer : observers) {
            World.check(observer.client().unanswered() == 0, () -> "an observer has got no history");
            world.kept.checkHistory(observer.client(), observer.history());
            world.kept.checkRetained(observer.client(), observer.retained());
        }
    }

    /** All that happens takes about the same number of steps, however long it lasts. */
    private void actFor(Duration span) {
        long untilNanos = world.time.nanos() + span.toNanos();
        int mostGapNanos = (int) Math.min(Integer.MAX_VALUE, 2 * span.toNanos() / ACTS);
        while (world.time.nanos() < untilNanos) {
            if (world.actors.size() < CLIENTS) {
                join();
            }
            if (!world.actors.isEmpty()) {
                world.any(world.actors).act();
            }
            runFor(Duration.ofNanos(world.random.nextInt(mostGapNanos)));
        }
    }

    private void join() {
        SimulatedRouter router = routers.any();
        if (!router.process.isDead()) {
            Actor.join(world, router, world.oneIn(4) ? World.REALMS.getLast() : World.REALMS.getFirst());
        }
    }

    private void end(int interestsAtRest) {
        List.copyOf(world.actors).forEach(Actor::leave);
        routers.observers().forEach(Observer::leave);
        runFor(Duration.ofSeconds(6));
        world.calls.checkAnswered();
        Remains.check(routers, network, interestsAtRest);
        for (SimulatedRouter router : routers.all()) {
            runUntil(router + " has nothing to do", Duration.ofSeconds(1), () -> router.process.pending() == 0);
        }
    }

    private void runFor(Duration duration) {
        long untilNanos = world.time.nanos() + duration.toNanos();
        while (world.time.runNext(untilNanos)) {
            // Everything happens in the condition.
        }
    }

    private void runUntil(String what, Duration longest, BooleanSupplier condition) {
        long untilNanos = world.time.nanos() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            World.check(world.time.runNext(untilNanos), () -> what + ": not within " + longest);
        }
    }
}
