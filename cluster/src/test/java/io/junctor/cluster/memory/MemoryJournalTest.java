package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.JournalContract;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.turn.ManualTimers;
import java.time.Duration;

class MemoryJournalTest extends JournalContract {
    private final ManualTimers clock = new ManualTimers();
    private final MemoryNetwork network = new MemoryNetwork(clock, Thread::startVirtualThread);

    @Override
    protected Engine open(RouterId router) {
        return network.open(router);
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }
}
