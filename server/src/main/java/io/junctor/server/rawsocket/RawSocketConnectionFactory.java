package io.junctor.server.rawsocket;

import io.junctor.server.connector.WampConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** Makes connections that begin with the RawSocket handshake. Thread-safe. */
public final class RawSocketConnectionFactory extends AbstractConnectionFactory {
    public RawSocketConnectionFactory() {
        super("rawsocket");
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new HandshakeConnection((WampConnector) connector, endPoint), connector, endPoint);
    }
}
