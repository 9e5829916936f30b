package io.junctor.router.server;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** Safe for use by many threads. A socket that tells which selector it belongs to. */
final class HomedEndPoint extends SocketChannelEndPoint {
    private final Executor home;

    HomedEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor home) {
        super(channel, selector, key, scheduler);
        this.home = home;
    }

    Executor home() {
        return home;
    }
}
