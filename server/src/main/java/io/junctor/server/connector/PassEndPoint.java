package io.junctor.server.connector;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. A socket that knows its selector, which runs what never blocks itself. */
public final class PassEndPoint extends SocketChannelEndPoint {
    private final PassSelector home;

    PassEndPoint(SocketChannel channel, PassSelector home, SelectionKey key, Scheduler scheduler) {
        super(channel, home, key, scheduler);
        this.home = home;
    }

    /** The socket under an end point, which may be that of TLS. */
    public static EndPoint socketOf(EndPoint endPoint) {
        EndPoint socket = endPoint;
        while (socket instanceof EndPoint.Wrapper wrapper) {
            socket = wrapper.unwrap();
        }
        return socket;
    }

    public PassSelector home() {
        return home;
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        if (task != null && Invocable.getInvocationType(task) == InvocationType.NON_BLOCKING) {
            home.read(task);
            return null;
        }
        if (task != null) {
            home.endPass();
        }
        return task;
    }
}
