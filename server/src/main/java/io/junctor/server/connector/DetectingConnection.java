package io.junctor.server.connector;

import io.junctor.router.metrics.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first bytes of a client, which reveal its protocol. Never blocks; one thread at a time uses it.
 *
 * <p>When the connection of that protocol takes over inside TLS, it receives every byte, even one that arrived with the end
 * of the TLS handshake. Bytes that were decrypted and read are passed by {@link #onUpgradeFrom}. Decrypted bytes that did not fit
 * into the buffer, and records that were read but not decrypted, stay in Jetty's {@code SslConnection}. When a
 * connection asks for more bytes ({@code needsFillInterest}), {@code SslConnection} checks both and then calls the connection without
 * waiting for the socket. The SSL engine keeps no decrypted bytes.
 */
final class DetectingConnection extends OpeningConnection {
    private static final int READ_BYTES = 1 << 12;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DetectingConnectionFactory detection;
    /** The bytes that were read and not passed to a protocol yet. */
    private ByteBuffer received = NOTHING;

    /** Whether HTTP/2 has begun. Written by the thread that reads, read by the sweep. */
    private volatile boolean hasBegun;

    DetectingConnection(DetectingConnectionFactory detection, WampConnector connector, EndPoint endPoint) {
        super(connector, endPoint);
        this.detection = detection;
    }

    /** The bytes that followed the header of the PROXY protocol. */
    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        received = copy(bytes);
    }

    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        return received;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        if (!received.hasRemaining() || !detect()) {
            fillInterested(this);
        }
    }

    @Override
    protected AwaitedBytes awaited() {
        return hasBegun
                ? new AwaitedBytes(Transport.HTTP, "complete beginning of HTTP/2")
                : new AwaitedBytes(Transport.UNKNOWN, "byte");
    }

    @Override
    protected void read() throws IOException {
        RetainableByteBuffer buffer = connector().getByteBufferPool().acquire(READ_BYTES, true);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            BufferUtil.append(bytes, received);
            int count = getEndPoint().fill(bytes);
            received = bytes;
            if (count < 0) {
                getEndPoint().close();
            } else if (count == 0 || !detect()) {
                received = copy(bytes);
                fillInterested(this);
            }
        } finally {
            buffer.release();
        }
    }

    /** Hands over to the connection of the detected protocol. Returns false if more bytes are needed to detect it. */
    private boolean detect() {
        DetectedProtocol protocol = DetectedProtocol.of(received);
        if (protocol == null) {
            return false;
        }
        ConnectionFactory factory = detection.factory(protocol);
        if (protocol == DetectedProtocol.HTTP2
                && detection.speaksHttp2()
                && !DetectedProtocol.hasFirstFrame(received)) {
            hasBegun = true;
            return false;
        }
        if (factory == null) {
            refuse(protocol.refusal(detection.refuse(protocol, connector(), getEndPoint())));
        } else {
            if (protocol != DetectedProtocol.RAWSOCKET) {
                // RawSocket does not need the timer: the sweep closes sockets on which no protocol begins.
                getEndPoint().setIdleTimeout(connector().getIdleTimeout());
            }
            getEndPoint().upgrade(factory.newConnection(connector(), getEndPoint()));
        }
        return true;
    }
}
