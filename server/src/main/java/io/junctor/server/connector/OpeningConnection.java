package io.junctor.server.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the first bytes of a client, until the connection of its protocol takes over. Never blocks; one thread at a time uses it.
 *
 * <p>After a refusal it discards the bytes that the client still sends: otherwise the operating system would reset the connection
 * before the client has read the answer. The sweep of the connector closes sockets that stay in this state.
 */
public abstract class OpeningConnection extends AbstractConnection
        implements Connection.UpgradeFrom, Connection.UpgradeTo, Callback {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningConnection.class);
    private static final int READ_BYTES = 1 << 12;
    private static final int MOST_DISCARDED_BYTES = 1 << 16;

    private final WampConnector connector;
    private volatile boolean isRefused;
    private int discardedBytes;

    protected OpeningConnection(WampConnector connector, EndPoint endPoint) {
        super(endPoint, connector.getExecutor());
        this.connector = connector;
    }

    protected final WampConnector connector() {
        return connector;
    }

    /** Returns the bytes that the client must send; empty if the client was refused. */
    final Optional<AwaitedBytes> awaitedBytes() {
        return isRefused ? Optional.empty() : Optional.of(awaited());
    }

    /** Returns what the client must send. Any thread may call it. */
    protected abstract AwaitedBytes awaited();

    /** Reads from the client. Called when bytes have arrived. */
    protected abstract void read() throws IOException;

    /** Sends a last answer, which may be empty, and ends the connection. */
    protected final void refuse(ByteBuffer answer) {
        isRefused = true;
        getEndPoint()
                .write(Callback.from(this::awaitEnd, failure -> getEndPoint().close()), answer);
    }

    private void awaitEnd() {
        getEndPoint().shutdownOutput();
        fillInterested(this);
    }

    @Override
    public void succeeded() {
        onFillable();
    }

    @Override
    public void failed(Throwable failure) {
        onFillInterestedFailed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void onFillable() {
        try {
            if (isRefused) {
                discard();
            } else {
                read();
            }
        } catch (IOException e) {
            LOG.debug("a client was lost before its connection was open", e);
            getEndPoint().close();
        }
    }

    private void discard() throws IOException {
        RetainableByteBuffer buffer = connector.getByteBufferPool().acquire(READ_BYTES, true);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            int count = getEndPoint().fill(bytes);
            while (count > 0 && discardedBytes < MOST_DISCARDED_BYTES) {
                discardedBytes += count;
                BufferUtil.clear(bytes);
                count = getEndPoint().fill(bytes);
            }
            if (count == 0) {
                fillInterested(this);
            } else {
                getEndPoint().close();
            }
        } finally {
            buffer.release();
        }
    }
}
