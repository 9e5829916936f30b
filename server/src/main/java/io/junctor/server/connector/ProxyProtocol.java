package io.junctor.server.connector;

import io.junctor.router.config.ProxyConfig;
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
 * Safe for use by many threads. Reads what the PROXY protocol, version 1 or 2, says about a client before what the client says itself.
 * Jetty's own factory believes everybody and goes on where there is nothing to believe; here neither gets in.
 */
public final class ProxyProtocol extends ProxyConnectionFactory {
    /** What a header may be long; the addresses take 36 bytes, the rest is for what proxies say of TLS. */
    private static final int HEADER_BYTES = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);

    /** A reader of the protocol, after which {@code next} is spoken. */
    public ProxyProtocol(String next) {
        super(next);
        setMaxProxyHeader(HEADER_BYTES);
    }

    /** Whether a socket may say anything at all. Where not, it is closed, which is logged. */
    static boolean admits(ProxyConfig proxies, SocketChannel socket) {
        try {
            SocketAddress remote = socket.getRemoteAddress();
            if (!proxies.protocol()
                    || (remote instanceof InetSocketAddress internet && proxies.contain(internet.getAddress()))) {
                return true;
            }
            LOG.info("{} is refused: it is none of trusted_proxies", remote);
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket was closed already", e);
        }
        return false;
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
        LOG.warn(
                "{} is refused: a trusted proxy that does not begin by the PROXY protocol",
                endPoint.getRemoteSocketAddress());
        endPoint.close();
    }
}
