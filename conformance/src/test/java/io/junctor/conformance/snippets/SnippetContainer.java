package io.junctor.conformance.snippets;

import jakarta.servlet.ServletContextListener;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Used by one thread. A web application that has only a context listener. */
final class SnippetContainer implements AutoCloseable {
    private final Server server;
    private final String uri;

    private SnippetContainer(Server server, String uri) {
        this.server = server;
        this.uri = uri;
    }

    static SnippetContainer start(ServletContextListener listener) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        application.addEventListener(listener);
        server.setHandler(application);
        server.start();
        return new SnippetContainer(server, "ws://127.0.0.1:" + connector.getLocalPort() + "/ws");
    }

    String uri() {
        return uri;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
