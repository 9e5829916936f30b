package io.junctor.server.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the first bytes of a client. Never blocks; one thread at a time uses it.
 *
 * <p>After a refusal it discards what the client still sends, so that the operating system does not reset the
 * connection before the client has read the answer. The sweep of the connector closes sockets that stay in this state.
 */
final class DetectingConnection extends AbstractConnection
        implements Connection.UpgradeFrom, Connection.UpgradeTo, Callback {
    private static final Logger LOG = LoggerFactory.getLogger(DetectingConnection.class);
    private static final int READ_BYTES = 1 << 12;
    private static final int MOST_DISCARDED_BYTES = 1 << 16;

    private final ProtocolDetection detection;
    private final WampConnector connector;
    private @Nullable ByteBuffer received;
    private boolean isRefused;
    private int discardedBytes;

    DetectingConnection(ProtocolDetection detection, WampConnector connector, EndPoint endPoint) {
        super(endPoint, connector.getExecutor());
        this.detection = detection;
        this.connector = connector;
    }

    /** The bytes that followed the header of the PROXY protocol. */
    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        received = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        return received;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        if (received != null && received.hasRemaining()) {
            detect(received);
        } else {
            fillInterested(this);
        }
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
        RetainableByteBuffer buffer = connector.getByteBufferPool().acquire(READ_BYTES, true);
        try {
            read(buffer.getByteBuffer());
        } catch (IOException e) {
            LOG.debug("a client was lost before its protocol was known", e);
            getEndPoint().close();
        } finally {
            received = null;
            buffer.release();
        }
    }

    private void read(ByteBuffer bytes) throws IOException {
        int count = getEndPoint().fill(bytes);
        while (count > 0 && isRefused && discardedBytes < MOST_DISCARDED_BYTES) {
            discardedBytes += count;
            BufferUtil.clear(bytes);
            count = getEndPoint().fill(bytes);
        }
        if (count == 0) {
            fillInterested(this);
        } else if (count < 0 || isRefused) {
            getEndPoint().close();
        } else {
            received = bytes;
            detect(bytes);
        }
    }

    private void detect(ByteBuffer bytes) {
        FirstBytes protocol = FirstBytes.of(bytes.get(bytes.position()));
        ConnectionFactory factory = detection.factory(protocol);
        if (factory == null) {
            refuse(protocol);
        } else {
            getEndPoint().upgrade(factory.newConnection(connector, getEndPoint()));
        }
    }

    private void refuse(FirstBytes protocol) {
        isRefused = true;
        String reason = detection.refuse(protocol, connector, getEndPoint());
        getEndPoint()
                .write(Callback.from(this::awaitEnd, failure -> getEndPoint().close()), protocol.refusal(reason));
    }

    private void awaitEnd() {
        getEndPoint().shutdownOutput();
        fillInterested(this);
    }
}
