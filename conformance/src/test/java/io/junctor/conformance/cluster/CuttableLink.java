package io.junctor.conformance.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of this machine that leads to another one, until it is cut: then nothing goes through, and no end of a connection either. Thread-safe. */
final class CuttableLink implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 16;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private boolean cut;

    CuttableLink(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError("no free port", e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    /** What waited goes through again. */
    synchronized void heal() {
        cut = false;
        notifyAll();
    }

    private synchronized void awaitOpen() throws IOException {
        try {
            while (cut) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitOpen();
            Socket other = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(other);
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> copy(client, other));
            copy(other, client);
        } catch (IOException refused) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                awaitOpen();
                out.write(piece, 0, read);
            }
            awaitOpen();
        } catch (IOException gone) {
            // One side has ended the connection.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed then.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        heal();
        sockets.forEach(this::close);
    }
}
