package io.junctor.server.connector;

import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, before the bytes of the client. Jetty's own factory accepts
 * the header from any address and serves connections without a header; this factory refuses both. Thread-safe.
 */
public final class ProxyHeaderConnectionFactory extends ProxyConnectionFactory {
    /** The longest header. The addresses take 36 bytes; proxies add data about TLS. */
    private static final int HEADER_BYTES = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeaderConnectionFactory.class);

    /** The factory whose connections switch to the protocol {@code next} after the header. */
    public ProxyHeaderConnectionFactory(String next) {
        super(next);
        setMaxProxyHeader(HEADER_BYTES);
    }

    /** Returns whether the listener serves a socket. If not, the method closes the socket. */
    static boolean admits(WampConnector connector, SocketChannel socket) {
        ProxyConfig proxies = connector.config().proxies();
        try {
            SocketAddress remote = socket.getRemoteAddress();
            boolean isTrusted = remote instanceof InetSocketAddress internet
                    ? proxies.contain(internet.getAddress())
                    : proxies.unix();
            if (!proxies.protocol() || isTrusted) {
                return true;
            }
            connector.refused(
                    Transport.UNKNOWN,
                    TransportCounter.CONNECTIONS_REFUSED,
                    remote,
                    "its address is not in 'trusted_proxies'");
            socket.close();
        } catch (IOException e) {
            LOG.debug("a refused socket was closed already", e);
        }
        return false;
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
        if (connector instanceof WampConnector listener) {
            listener.refused(
                    Transport.UNKNOWN,
                    TransportCounter.INVALID_INPUT,
                    endPoint,
                    "the trusted proxy sent no header of the PROXY protocol, which 'proxy_protocol' requires");
        }
        endPoint.close();
    }
}
