package io.junctor.server.connector;

import io.junctor.router.spi.PeerCredentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The end point of a socket; its non-blocking tasks are run by {@link PassSelector} in one pass. Thread-safe. */
public final class PassEndPoint extends SocketChannelEndPoint {
    private final PassSelector selector;
    private final @Nullable PeerCredentials credentials;

    PassEndPoint(
            SocketChannel channel,
            PassSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            @Nullable PeerCredentials credentials) {
        super(channel, selector, key, scheduler);
        this.selector = selector;
        this.credentials = credentials;
    }

    /** Returns the end point of the socket below an end point of TLS or of the PROXY protocol. */
    public static EndPoint socketOf(EndPoint endPoint) {
        EndPoint socket = endPoint;
        while (socket instanceof EndPoint.Wrapper wrapper) {
            socket = wrapper.unwrap();
        }
        return socket;
    }

    public PassSelector selector() {
        return selector;
    }

    /** Returns the account of the program at the other end of a Unix domain socket, or null for TCP. */
    @Nullable
    PeerCredentials credentials() {
        return credentials;
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        if (task != null && Invocable.getInvocationType(task) == InvocationType.NON_BLOCKING) {
            selector.read(task);
            return null;
        }
        if (task != null) {
            selector.leave();
        }
        return task;
    }

    /** Ignores a closed connection, for which Jetty would throw an exception. The selector calls it for each connection that was ready. */
    @Override
    public void updateKey() {
        if (getChannel().isOpen()) {
            super.updateKey();
        }
    }

    /** Sends a single buffer by a plain write, which costs less than Jetty's gathering write. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (buffers.length != 1) {
            return super.flush(buffers);
        }
        ByteBuffer only = buffers[0];
        try {
            if (getChannel().write(only) > 0) {
                notIdle();
            }
        } catch (IOException e) {
            throw new EofException(e);
        }
        return !only.hasRemaining();
    }
}
