package io.junctor.cluster.realm;

import io.junctor.router.turn.Timers;
import org.jspecify.annotations.Nullable;

/** What runs when something about a procedure changes. */
final class RegistryWaiter implements Runnable {
    private final Runnable action;
    /** What gives up after some time. Set by the thread that waits. */
    volatile Timers.@Nullable Timer patience;

    RegistryWaiter(Runnable action) {
        this.action = action;
    }

    @Override
    public void run() {
        Timers.Timer timer = patience;
        if (timer != null) {
            timer.cancel();
        }
        action.run();
    }
}
