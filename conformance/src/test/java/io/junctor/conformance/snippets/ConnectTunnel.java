package io.junctor.conformance.snippets;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Thread-safe. An HTTP proxy that connects each host name and port to one port of this machine. */
final class ConnectTunnel implements AutoCloseable {
    private static final byte[] CONNECTED = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int END_OF_HEADER = 0x0d0a0d0a;

    private final ServerSocket server;
    private final int target;

    private ConnectTunnel(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static ConnectTunnel to(int port) throws IOException {
        ConnectTunnel tunnel = new ConnectTunnel(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(tunnel::accept);
        return tunnel;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket host = new Socket(InetAddress.getLoopbackAddress(), target)) {
            skipHeader(client.getInputStream());
            client.getOutputStream().write(CONNECTED);
            Thread back = Thread.ofVirtual().start(() -> copy(host, client));
            copy(client, host);
            back.join();
        } catch (IOException | InterruptedException ended) {
            // The client or the host has closed its connection.
        }
    }

    private static void skipHeader(InputStream input) throws IOException {
        int last = 0;
        while (last != END_OF_HEADER) {
            last = last << 8 | input.read();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // The other side has closed its connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
