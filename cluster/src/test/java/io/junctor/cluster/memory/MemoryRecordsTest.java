package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RecordsContract;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.turn.ManualTimers;

class MemoryRecordsTest extends RecordsContract {
    private final MemoryNetwork network = new MemoryNetwork(new ManualTimers(), Thread::startVirtualThread);

    @Override
    protected Engine open(RouterId router) {
        return network.open(router);
    }
}
