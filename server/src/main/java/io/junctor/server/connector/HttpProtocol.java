package io.junctor.server.connector;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/** Makes the HTTP/1.1 connections of a listener, which an opening handshake upgrades to WebSockets. Thread-safe. */
public final class HttpProtocol extends HttpConnectionFactory {
    private static final int HEADER_BYTES = 8_192;

    public HttpProtocol() {
        super(configuration());
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        return http;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new DetectedConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }

    /**
     * Handles a request that {@link ProtocolDetection} has read on the thread that read it. Jetty would hand it to
     * another thread.
     */
    private static final class DetectedConnection extends HttpConnection {
        /** Confined to the thread that opens the connection. */
        private boolean isOpening;

        DetectedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        public void onOpen() {
            isOpening = true;
            super.onOpen();
        }

        @Override
        protected Executor getExecutor() {
            if (isOpening) {
                isOpening = false;
                return Runnable::run;
            }
            return super.getExecutor();
        }
    }
}
