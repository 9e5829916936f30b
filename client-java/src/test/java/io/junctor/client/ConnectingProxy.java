package io.junctor.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An HTTP proxy on loopback that answers each CONNECT with a tunnel to one port. Thread-safe. */
final class ConnectingProxy implements AutoCloseable {
    private static final String LOGIN = "Proxy-Authorization: ";

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int routerPort;
    private volatile String request = "";
    private volatile boolean refusing;

    ConnectingProxy(int routerPort) throws IOException {
        this.routerPort = routerPort;
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers 407 from now on. */
    void refuse() {
        refusing = true;
    }

    /** Forgets the last CONNECT. */
    void forget() {
        request = "";
    }

    /** The host and port of the last CONNECT, or an empty text. */
    String target() {
        return request.startsWith("CONNECT ") ? request.split(" ", 3)[1] : request;
    }

    /** The Proxy-Authorization header of the last CONNECT. */
    Optional<String> authorization() {
        return request.lines()
                .filter(line -> line.regionMatches(true, 0, LOGIN, 0, LOGIN.length()))
                .map(line -> line.substring(LOGIN.length()))
                .findFirst();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            request = head(client.getInputStream());
            if (refusing) {
                client.getOutputStream()
                        .write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            try (Socket router = new Socket(InetAddress.getLoopbackAddress(), routerPort)) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.ofVirtual().start(() -> copy(router, client));
                copy(client, router);
                back.join();
            }
        } catch (IOException | InterruptedException gone) {
            // The test sees that its client is not joined.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("the client closed the connection");
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // Either side may close first.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
