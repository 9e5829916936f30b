package io.junctor.server.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Reads the first bytes of a client, which tell its protocol. Never blocks; one thread at a time uses it. */
final class DetectingConnection extends OpeningConnection {
    private static final int READ_BYTES = 1 << 12;

    private final ProtocolDetection detection;
    private @Nullable ByteBuffer received;

    DetectingConnection(ProtocolDetection detection, WampConnector connector, EndPoint endPoint) {
        super(connector, endPoint);
        this.detection = detection;
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
    protected void read() throws IOException {
        RetainableByteBuffer buffer = connector().getByteBufferPool().acquire(READ_BYTES, true);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            int count = getEndPoint().fill(bytes);
            if (count == 0) {
                fillInterested(this);
            } else if (count < 0) {
                getEndPoint().close();
            } else {
                received = bytes;
                detect(bytes);
            }
        } finally {
            received = null;
            buffer.release();
        }
    }

    private void detect(ByteBuffer bytes) {
        FirstBytes protocol = FirstBytes.of(bytes.get(bytes.position()));
        ConnectionFactory factory = detection.factory(protocol);
        if (factory == null) {
            refuse(protocol.refusal(detection.refuse(protocol, connector(), getEndPoint())));
        } else {
            getEndPoint().upgrade(factory.newConnection(connector(), getEndPoint()));
        }
    }
}
