package io.junctor.server.http2;

import io.junctor.server.connector.WampConnector;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The end point of an HTTP/2 connection. Jetty reads from such a connection until no bytes are left. This end point interrupts Jetty
 * after {@link #PASS_BYTES}, so that the selector serves other sockets, and lets the selector read the connection in a pass. Thread-safe.
 */
final class Http2EndPoint implements EndPoint, EndPoint.Wrapper {
    private static final int PASS_BYTES = 1 << 16;

    private final EndPoint endPoint;
    private final WampConnector connector;

    /** The bytes that were read since the connection became readable. Confined to the thread that reads from the connection. */
    private int passBytes;

    /** The buffer of the last read. Confined to the same thread. */
    private @Nullable ByteBuffer last;

    private long buffer;
    private int bufferBytes;

    Http2EndPoint(EndPoint endPoint, WampConnector connector) {
        this.endPoint = endPoint;
        this.connector = connector;
    }

    /** Returns the listener of the connection. */
    WampConnector connector() {
        return connector;
    }

    @Override
    public EndPoint unwrap() {
        return endPoint;
    }

    @Override
    public int fill(ByteBuffer into) throws IOException {
        if (passBytes >= PASS_BYTES) {
            return 0;
        }
        if (into != last) {
            last = into;
            buffer++;
            bufferBytes = into.capacity();
        }
        int bytes = endPoint.fill(into);
        passBytes += Math.max(bytes, 0);
        return bytes;
    }

    /** Returns the number of the buffer of the last read. Jetty uses a new buffer while frames in the current one are not consumed. */
    long buffer() {
        return buffer;
    }

    /** Returns the size of the buffer of the last read. */
    int bufferBytes() {
        return bufferBytes;
    }

    @Override
    public void fillInterested(Callback callback) {
        passBytes = 0;
        endPoint.fillInterested(new NonBlocking(callback));
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        passBytes = 0;
        return endPoint.tryFillInterested(new NonBlocking(callback));
    }

    /** Declares a callback as non-blocking: no request blocks here, but Jetty's connection does not declare it. */
    private record NonBlocking(Callback callback) implements Callback {
        @Override
        public void succeeded() {
            Invocable.invokeNonBlocking(callback::succeeded);
        }

        @Override
        public void failed(Throwable failure) {
            callback.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    // All other methods delegate to the wrapped end point.

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return endPoint.getLocalSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return endPoint.getRemoteSocketAddress();
    }

    @Override
    public boolean isOpen() {
        return endPoint.isOpen();
    }

    @Override
    public long getCreatedTimeStamp() {
        return endPoint.getCreatedTimeStamp();
    }

    @Override
    public void shutdownOutput() {
        endPoint.shutdownOutput();
    }

    @Override
    public boolean isOutputShutdown() {
        return endPoint.isOutputShutdown();
    }

    @Override
    public boolean isInputShutdown() {
        return endPoint.isInputShutdown();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        endPoint.close(cause);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return endPoint.flush(buffers);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        endPoint.write(callback, buffers);
    }

    @Override
    public @Nullable Callback cancelWrite(Throwable cause) {
        return endPoint.cancelWrite(cause);
    }

    @Override
    public Object getTransport() {
        return endPoint.getTransport();
    }

    @Override
    public long getIdleTimeout() {
        return endPoint.getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long timeoutMillis) {
        endPoint.setIdleTimeout(timeoutMillis);
    }

    @Override
    public boolean isFillInterested() {
        return endPoint.isFillInterested();
    }

    @Override
    public Connection getConnection() {
        return endPoint.getConnection();
    }

    @Override
    public void setConnection(Connection connection) {
        endPoint.setConnection(connection);
    }

    @Override
    public void onOpen() {
        endPoint.onOpen();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        endPoint.onClose(cause);
    }

    @Override
    public void upgrade(Connection next) {
        endPoint.upgrade(next);
    }

    @Override
    public EndPoint.@Nullable SslSessionData getSslSessionData() {
        return endPoint.getSslSessionData();
    }
}
