package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.LaneContract;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.turn.ManualTimers;

class MemoryLaneTest extends LaneContract {
    private final MemoryNetwork network = new MemoryNetwork(new ManualTimers(), Thread::startVirtualThread);

    @Override
    protected Engine open(RouterId router) {
        return network.open(router);
    }
}
