package io.junctor.server.http2;

import io.junctor.server.connector.WampConnector;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Callback;

/** The stream of a CONNECT request with {@code :protocol websocket} (RFC 8441, section 4). Thread-safe. */
public final class WebSocketTunnel {
    /** The number of bytes that a client may send in the stream of a WebSocket before the router reads them. */
    static final int WINDOW_BYTES = 1 << 18;

    private static final String PROTOCOL = "websocket";

    private final HTTP2Stream stream;
    private final EndPoint tunnel;
    private final WampConnector connector;
    private final StreamEndPoint endPoint;
    private final Runnable onClosed;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean opened;

    private WebSocketTunnel(
            HTTP2Stream stream, EndPoint tunnel, EndPoint socket, WampConnector connector, Runnable onClosed) {
        this.stream = stream;
        this.tunnel = tunnel;
        this.connector = connector;
        this.onClosed = onClosed;
        this.endPoint = new StreamEndPoint(stream, socket, connector, this::tellClosed);
    }

    /** Returns whether a request asks to open a WebSocket in its stream. */
    public static boolean isAskedFor(Request request) {
        TunnelSupport support = request.getTunnelSupport();
        return support != null && PROTOCOL.equals(support.getProtocol());
    }

    /**
     * Returns the tunnel of a request that asks to open a WebSocket.
     *
     * @param onClosed runs once when the tunnel is closed, or cannot be opened
     */
    public static WebSocketTunnel of(Request request, WampConnector connector, Runnable onClosed) {
        EndPoint tunnel = request.getTunnelSupport().getEndPoint();
        EndPoint socket = request.getConnectionMetaData().getConnection().getEndPoint();
        return new WebSocketTunnel((HTTP2Stream) tunnel.getTransport(), tunnel, socket, connector, onClosed);
    }

    /** Returns the end point of the stream. */
    public EndPoint endPoint() {
        return endPoint;
    }

    /** Opens {@code connection} in the stream as soon as the response to the request is sent. */
    public void openAfterResponse(Request request, Connection connection) {
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new SwitchingConnection(connection));
        request.addHttpStreamWrapper(Response::new);
    }

    /** Detects whether Jetty has opened the connection, which Jetty does at the end of the response. */
    private final class Response extends HttpStream.Wrapper {
        Response(HttpStream stream) {
            super(stream);
        }

        @Override
        public void succeeded() {
            super.succeeded();
            tellUnlessOpened();
        }

        @Override
        public void failed(Throwable failure) {
            super.failed(failure);
            tellUnlessOpened();
        }
    }

    private void tellUnlessOpened() {
        if (!opened) {
            tellClosed();
        }
    }

    private void tellClosed() {
        if (told.compareAndSet(false, true)) {
            onClosed.run();
        }
    }

    /** The connection that Jetty opens in its own end point of the stream; it replaces that end point by {@link StreamEndPoint}. */
    private final class SwitchingConnection extends AbstractConnection {
        private final Connection connection;

        SwitchingConnection(Connection connection) {
            super(tunnel, connector.getExecutor());
            this.connection = connection;
        }

        @Override
        public void onOpen() {
            opened = true;
            stream.setAttachment(endPoint);
            enlargeWindow();
            endPoint.upgrade(connection);
            // If the stream was reset earlier, only Jetty's end point was notified.
            if (stream.isReset() || stream.isClosed()) {
                endPoint.close();
            }
        }

        /** Enlarges the window of this stream. The streams of plain requests keep their initial window. */
        private void enlargeWindow() {
            int more = WINDOW_BYTES - FlowControlStrategy.DEFAULT_WINDOW_SIZE;
            stream.updateRecvWindow(more);
            stream.getSession().frames(stream, List.of(new WindowUpdateFrame(stream.getId(), more)), Callback.NOOP);
        }

        @Override
        public void onFillable() {
            throw new IllegalStateException("nothing is read from this end point");
        }
    }
}
