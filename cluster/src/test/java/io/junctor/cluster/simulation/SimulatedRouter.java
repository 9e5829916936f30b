package io.junctor.cluster.simulation;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.Router;
import io.junctor.router.config.RouterConfig;
import java.util.ArrayList;
import java.util.List;

/** A router of a simulation, in a process of its own. For one thread. */
final class SimulatedRouter {
    final VirtualProcess process;
    final List<SimulatedClient> clients = new ArrayList<>();

    private final VirtualTime time;
    private final RouterId id;
    private final MemoryNetwork network;
    private final ClusterMember member;
    private final Router router;
    private Engine engine;
    private boolean isCutOff;
    /** When something was wrong with it last, or a time that has not come while something is. */
    private long disturbedNanos;

    SimulatedRouter(long id, World world, MemoryNetwork network, RouterConfig config) {
        this.time = world.time;
        this.id = new RouterId(id);
        this.network = network;
        this.process = new VirtualProcess("router " + id, time);
        this.member = new ClusterMember("plant", "node" + id, this.id, this::connect);
        this.router = Router.open(
                config,
                process,
                heap -> () -> {},
                world.conditions == Conditions.NO_LEASE ? WithoutLease.of(member) : member,
                process,
                new SeededRandom(time.random().nextLong()));
        this.disturbedNanos = time.nanos();
        process.afterEach(this::receiveAll);
    }

    private Engine connect(RouterId own) {
        engine = network.open(own, process);
        return engine;
    }

    /** A client that receives something may leave. */
    private void receiveAll() {
        for (int i = clients.size() - 1; i >= 0; i--) {
            if (i < clients.size()) {
                clients.get(i).receive();
            }
        }
    }

    Router router() {
        return router;
    }

    ClusterMember member() {
        return member;
    }

    boolean isInSync() {
        return !process.isDead() && member.admitsSessions() && member.problem() == null;
    }

    RouterId id() {
        return id;
    }

    /** Whether nothing was wrong with it since then. */
    boolean isUndisturbedSince(long nanos) {
        return !process.isDead() && !process.isStopped() && !isCutOff && disturbedNanos < nanos;
    }

    /** Cuts it off from the other routers and from the stores. */
    void cutOff() {
        if (engine != null && !isCutOff && !process.isDead()) {
            isCutOff = true;
            network.cutOff(id);
        }
    }

    void reconnect() {
        if (isCutOff && !process.isDead()) {
            isCutOff = false;
            disturb();
            network.reconnect(id);
        }
    }

    void stop() {
        process.stop();
    }

    void goOn() {
        if (process.isStopped()) {
            disturb();
            process.goOn();
        }
    }

    /** Notes that something was wrong with it until now; its consequences last a little longer. */
    void disturb() {
        disturbedNanos = time.nanos() + 2_000_000_000L;
    }

    /** Ends its process, as by SIGKILL. */
    void kill() {
        process.kill();
        if (engine != null) {
            engine.close();
        }
        List.copyOf(clients).forEach(SimulatedClient::onRouterKilled);
    }

    @Override
    public String toString() {
        return "router " + id.value();
    }
}
