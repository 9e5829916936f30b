package io.junctor.router.server;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;

/** Safe for use by many threads. Runs tasks on a selector's thread, one for all its connections. */
final class Home implements Executor {
    private final ManagedSelector selector;

    Home(ManagedSelector selector) {
        this.selector = selector;
    }

    @Override
    public void execute(Runnable task) {
        selector.submit(any -> task.run());
    }
}
