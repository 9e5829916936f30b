package io.junctor.server.http2;

import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.connector.Http1ConnectionFactory;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HostHeaderCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;

/** Makes the HTTP/2 connections of a listener. Thread-safe. */
public final class Http2ConnectionFactory extends HTTP2ServerConnectionFactory {
    /** The most streams that a client may have open at a time in one connection. */
    static final int MOST_STREAMS = 100;

    /**
     * The most frames per second that cause work but carry no data: SETTINGS, PING, PRIORITY, RST_STREAM, CONTINUATION, empty
     * and invalid frames. If a client sends more, Jetty ends the connection.
     */
    static final int USELESS_FRAMES_PER_SECOND = 128;

    /**
     * Creates a factory of connections whose streams may be silent for {@code silence}, which must be longer than a poll waits: Jetty 12.1
     * resets a stream at its second idle timeout, and sometimes at the first, even if the handler of the request rejects the timeout.
     */
    public Http2ConnectionFactory(Duration silence) {
        super(configuration());
        setStreamIdleTimeout(silence.toMillis());
        setMaxConcurrentStreams(MOST_STREAMS);
        setInitialStreamRecvWindow(FlowControlStrategy.DEFAULT_WINDOW_SIZE);
        // Streams that the router does not read must not use up the window of the connection.
        setInitialSessionRecvWindow(MOST_STREAMS * WebSocketTunnel.WINDOW_BYTES);
        setFlowControlStrategyFactory(UnreadFrames::new);
        setConnectProtocolEnabled(true);
        setRateControlFactory(new WindowRateControl.Factory(USELESS_FRAMES_PER_SECOND));
    }

    /** Adds the header {@code Host}, which HTTP/2 replaces by {@code :authority}, for the checks of hosts and origins. */
    private static HttpConfiguration configuration() {
        HttpConfiguration http = Http1ConnectionFactory.configuration();
        http.addCustomizer(new HostHeaderCustomizer());
        return http;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return super.newConnection(connector, new Http2EndPoint(endPoint, (WampConnector) connector));
    }

    /** Counts and logs clients that break the rules of HTTP/2; Jetty ends their connections. */
    @Override
    protected HTTP2ServerSession.Listener newSessionListener(Connector connector, EndPoint endPoint) {
        WampConnector listener = (WampConnector) connector;
        return new HTTPServerSessionListener(endPoint) {
            @Override
            public void onFailure(Session session, Throwable failure, Callback callback) {
                if (isViolation(failure)) {
                    listener.refused(
                            Transport.HTTP,
                            TransportCounter.INVALID_INPUT,
                            endPoint,
                            "it broke the rules of HTTP/2: " + RefusalLog.quoted(failure.getMessage()));
                }
                super.onFailure(session, failure, callback);
            }
        };
    }

    /** Returns whether a failure is a violation of HTTP/2: for timeouts and lost connections, Jetty uses other types of exceptions. */
    private static boolean isViolation(Throwable failure) {
        return failure.getClass() == IOException.class;
    }
}
