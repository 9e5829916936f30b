package io.junctor.server.connector;

import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP/1.1 connections of a listener, which an opening handshake upgrades to WebSockets. Thread-safe. */
public final class Http1ConnectionFactory extends HttpConnectionFactory {
    private static final int HEADER_BYTES = 8_192;

    public Http1ConnectionFactory() {
        super(configuration());
    }

    /** Returns the settings for requests and responses. */
    public static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        // Otherwise each connection with two requests keeps a table of 196 KiB for header lines that may be repeated.
        http.setHeaderCacheSize(0);
        return http;
    }

    /**
     * Makes the socket of {@code request} read its next requests with buffers of this size. Jetty keeps the buffer of a POST without a
     * body until the response.
     */
    public static void readBy(Request request, int bufferBytes) {
        if (request.getConnectionMetaData().getConnection() instanceof DetectedConnection connection) {
            connection.setInputBufferSize(bufferBytes);
        }
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new DetectedConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }

    /**
     * Handles a request that {@link DetectingConnectionFactory} has read, on the thread that read the request. Jetty would use another thread.
     */
    private static final class DetectedConnection extends HttpConnection {
        /** The thread that opens the connection; null before and after. Other threads only compare it with themselves. */
        private @Nullable Thread opening;

        private long bytesWhenOpened;

        /** The reason why the first bytes of the connection are not a valid request. Confined to the opening thread. */
        private @Nullable HttpException failure;

        DetectedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        public void onOpen() {
            opening = Thread.currentThread();
            bytesWhenOpened = getBytesIn();
            super.onOpen();
            opening = null;
            if (failure != null) {
                newRequestHandler().badMessage(failure);
            }
        }

        /** Returns whether the current thread opens the connection and has not read more from the client since. */
        private boolean isOpening() {
            return opening == Thread.currentThread() && getBytesIn() == bytesWhenOpened;
        }

        @Override
        protected Executor getExecutor() {
            return isOpening() ? Runnable::run : super.getExecutor();
        }

        /**
         * Answers a malformed request only after the opening thread has left the connection. Jetty reads on after a
         * malformed request in the first bytes, and at the end of the input shuts down the output, possibly
         * before another thread has written the response.
         */
        @Override
        protected RequestHandler newRequestHandler() {
            return new RequestHandler() {
                @Override
                public void badMessage(HttpException reason) {
                    if (isOpening()) {
                        failure = reason;
                    } else {
                        super.badMessage(reason);
                    }
                }
            };
        }

        @Override
        public void fillInterested(Callback callback) {
            if (!isOpening() || failure == null) {
                super.fillInterested(callback);
            }
        }
    }
}
