package io.junctor.cluster.simulation;

import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.config.RouterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The routers of a simulation, of which each is replaced when it dies or is declared dead, and an observer on each. For one thread.
 */
final class RouterSet {
    private final World world;
    private final MemoryNetwork network;
    private final RouterConfig config;
    /** By place; a dead router stays until another one has its place. */
    private final List<SimulatedRouter> routers = new ArrayList<>();

    private final List<Observer> observers = new ArrayList<>();
    private long lastId;

    RouterSet(World world, MemoryNetwork network, RouterConfig config) {
        this.world = world;
        this.network = network;
        this.config = config;
    }

    /** Starts one more router. */
    void add() {
        routers.add(start());
    }

    List<SimulatedRouter> all() {
        return routers;
    }

    List<Observer> observers() {
        return observers;
    }

    boolean areInSync() {
        return routers.stream().allMatch(SimulatedRouter::isInSync);
    }

    SimulatedRouter any() {
        return world.any(routers);
    }

    private SimulatedRouter start() {
        SimulatedRouter router = new SimulatedRouter(++lastId, world, network, config);
        router.member().excluded().thenRun(() -> world.outside.execute(() -> replace(router)));
        observeWhenInSync(router);
        return router;
    }

    private void observeWhenInSync(SimulatedRouter router) {
        if (router.isInSync()) {
            observers.add(Observer.join(world, router, World.REALMS.getFirst()));
        } else if (!router.process.isDead()) {
            world.outside.after(Duration.ofMillis(50), () -> observeWhenInSync(router));
        }
    }

    /** Ends a router that the others have declared dead; a new one begins in its place. */
    private void replace(SimulatedRouter router) {
        int place = routers.indexOf(router);
        if (place >= 0 && !router.process.isDead()) {
            world.trace.add(world.time.nanos(), router + " was declared dead");
            kill(router);
            routers.set(place, start());
        }
    }

    /** Ends a router, as by SIGKILL; {@link #startMissing} starts another one. */
    void kill(SimulatedRouter router) {
        router.kill();
        observers.removeIf(observer -> observer.client().router == router);
    }

    /** Starts a new router in the place of each that is dead. */
    void startMissing() {
        for (int place = 0; place < routers.size(); place++) {
            if (routers.get(place).process.isDead()) {
                routers.set(place, start());
            }
        }
    }
}
