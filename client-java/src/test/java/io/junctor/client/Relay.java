package io.junctor.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a port of this machine: counts, and loses responses. Thread-safe. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final int routerPort;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger responses = new AtomicInteger();
    private volatile String firstRequest = "";
    private volatile String firstResponse = "";
    /** Each response with this number, and with a multiple of it, is lost with its connection; 0 for none. */
    private volatile int losing;

    Relay(int routerPort) throws IOException {
        this.routerPort = routerPort;
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many bytes went through, in both directions. */
    long bytes() {
        return bytes.get();
    }

    /** How many polls went through. */
    int polls() {
        return polls.get();
    }

    /** How many responses were lost. */
    int lost() {
        return lost.get();
    }

    /** The head of the first request. */
    String firstRequest() {
        return firstRequest;
    }

    /** The head of the first response. */
    String firstResponse() {
        return firstResponse;
    }

    /** From now on each {@code every}-th piece that the router sends is lost, and its connection ends; 0 for none. */
    void lose(int every) {
        losing = every;
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket router = new Socket(InetAddress.getLoopbackAddress(), routerPort);
                Thread.ofVirtual().start(() -> toRouter(client, router));
                Thread.ofVirtual().start(() -> toClient(router, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void toRouter(Socket client, Socket router) {
        try (client;
                router) {
            InputStream in = client.getInputStream();
            OutputStream out = router.getOutputStream();
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                String text = new String(piece, 0, read, StandardCharsets.ISO_8859_1);
                firstRequest = firstRequest.isEmpty() ? text : firstRequest;
                if (text.startsWith("POST ") && text.contains("/receive?")) {
                    polls.incrementAndGet();
                }
                bytes.addAndGet(read);
                out.write(piece, 0, read);
            }
        } catch (IOException gone) {
            // One side has ended the connection.
        }
    }

    private void toClient(Socket router, Socket client) {
        try (client;
                router) {
            InputStream in = router.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (losing > 0 && responses.incrementAndGet() % losing == 0) {
                    lost.incrementAndGet();
                    return;
                }
                firstResponse = firstResponse.isEmpty()
                        ? new String(piece, 0, read, StandardCharsets.ISO_8859_1)
                        : firstResponse;
                bytes.addAndGet(read);
                out.write(piece, 0, read);
            }
        } catch (IOException gone) {
            // One side has ended the connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
