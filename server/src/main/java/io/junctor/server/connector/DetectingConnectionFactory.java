package io.junctor.server.connector;

import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that detect the protocol by the first bytes of the client and then hand over to a connection of
 * that protocol. Thread-safe.
 *
 * <p>Unlike Jetty's detection, it handles the bytes on the thread that read them, holds no buffer while it waits, and
 * answers clients whose protocol the listener does not speak.
 */
public final class DetectingConnectionFactory extends AbstractConnectionFactory {
    private final Map<DetectedProtocol, ConnectionFactory> factories = new EnumMap<>(DetectedProtocol.class);

    /** The versions of HTTP that a listener speaks; HTTP/2 is null if the listener does not speak it. */
    public record HttpFactories(
            ConnectionFactory http1, @Nullable ConnectionFactory http2) {
        /** Returns the names of the versions in ALPN, the preferred one first. */
        public List<String> alpn() {
            return http2 == null ? List.of("http/1.1") : List.of("h2", "http/1.1");
        }
    }

    private DetectingConnectionFactory(
            String name,
            @Nullable ConnectionFactory tls,
            @Nullable ConnectionFactory rawSocket,
            @Nullable HttpFactories http) {
        super(name);
        add(DetectedProtocol.TLS, tls);
        add(DetectedProtocol.RAWSOCKET, rawSocket);
        if (http != null) {
            add(DetectedProtocol.HTTP2, http.http2());
            add(DetectedProtocol.HTTP, http.http1());
        }
    }

    /** Creates the detection on a socket; a protocol that the listener does not speak there is null. */
    public static DetectingConnectionFactory onSocket(
            @Nullable ConnectionFactory tls, @Nullable ConnectionFactory rawSocket, @Nullable HttpFactories http) {
        return new DetectingConnectionFactory("detection", tls, rawSocket, http);
    }

    /** Creates the detection in a TLS connection; a protocol that the listener does not speak is null. */
    public static DetectingConnectionFactory inTls(
            @Nullable ConnectionFactory rawSocket, @Nullable HttpFactories http) {
        return new DetectingConnectionFactory("detection-in-tls", null, rawSocket, http);
    }

    private void add(DetectedProtocol protocol, @Nullable ConnectionFactory factory) {
        if (factory != null) {
            factories.put(protocol, factory);
            installBean(factory);
        }
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new DetectingConnection(this, (WampConnector) connector, endPoint), connector, endPoint);
    }

    /**
     * Returns the factory of a protocol, or null if the listener does not speak it. If the listener speaks HTTP/1.1 but not HTTP/2, returns
     * the factory of HTTP/1.1 for HTTP/2, which answers that the version is not supported.
     */
    @Nullable
    ConnectionFactory factory(DetectedProtocol protocol) {
        ConnectionFactory own = factories.get(protocol);
        return own == null && protocol == DetectedProtocol.HTTP2 ? factories.get(DetectedProtocol.HTTP) : own;
    }

    /** Whether the listener speaks HTTP/2. */
    boolean speaksHttp2() {
        return factories.containsKey(DetectedProtocol.HTTP2);
    }

    /** Counts and logs a client whose protocol the listener does not speak; returns a sentence to send to the client. */
    String refuse(DetectedProtocol protocol, WampConnector connector, EndPoint endPoint) {
        String spoken = factories.keySet().stream()
                .map(DetectingConnectionFactory::name)
                .distinct()
                .collect(Collectors.joining(" or "));
        connector.refused(
                transport(protocol),
                TransportCounter.PROTOCOLS_REFUSED,
                endPoint,
                "it began with " + name(protocol) + ", and the listener expects " + spoken);
        return "This port expects " + spoken + "."
                + (factories.containsKey(DetectedProtocol.TLS) ? " Use wss:// or https://." : "");
    }

    private static Transport transport(DetectedProtocol protocol) {
        return switch (protocol) {
            case TLS -> Transport.UNKNOWN;
            case RAWSOCKET -> Transport.RAWSOCKET;
            case HTTP, HTTP2 -> Transport.HTTP;
        };
    }

    private static String name(DetectedProtocol protocol) {
        return switch (protocol) {
            case TLS -> "TLS";
            case RAWSOCKET -> "RawSocket";
            case HTTP, HTTP2 -> "HTTP";
        };
    }
}
