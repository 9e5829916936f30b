package io.junctor.conformance;

import io.junctor.jakarta.WampEndpoint;
import io.junctor.router.Router;
import io.junctor.router.config.listener.ListenerConfig;
import java.net.URI;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A web application with only the router's endpoint, in Jetty's Jakarta container. For one thread. */
public final class JakartaContainer implements AutoCloseable {
    private final Server server = new Server();
    private final WampEndpoint endpoint;
    private final URI uri;

    private JakartaContainer(ListenerConfig listener, Router router) throws Exception {
        endpoint = WampEndpoint.open(listener, router);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(listener.host());
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                application, (servlets, webSockets) -> webSockets.addEndpoint(endpoint.config()));
        server.setHandler(application);
        server.start();
        uri = new URI("ws://" + listener.host() + ":" + connector.getLocalPort() + listener.websocketPath());
    }

    /** Starts a container whose only application is {@code router}. */
    public static JakartaContainer start(ListenerConfig listener, Router router) {
        try {
            return new JakartaContainer(listener, router);
        } catch (Exception e) {
            throw new AssertionError("the container does not start", e);
        }
    }

    /** Returns the URI of the WebSocket endpoint. */
    public URI uri() {
        return uri;
    }

    /** Accepts no new client from now on. */
    void stopAccepting() {
        endpoint.stopAccepting();
    }

    /** Stops everything. */
    @Override
    public void close() {
        endpoint.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("the container does not stop", e);
        }
    }
}
