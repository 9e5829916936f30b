package io.junctor.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between clients and a server on this machine that breaks connections when a test asks for it. Clients connect to
 * {@link #uri()}. Thread-safe; for each connection, two virtual threads copy its bytes.
 */
public final class FaultNetwork implements AutoCloseable {
    private static final int COPY_BYTES = 1 << 13;
    /** The size of the buffers: small, so that the sender blocks soon if the receiver does not read. */
    private static final int BUFFER_BYTES = 1 << 13;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final URI server;
    private final ServerSocket listening;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    /** The number of bytes of clients that are passed on before all connections are reset. Guarded by this object, like the following fields. */
    private long untilCut = UNLIMITED;

    private boolean stopsToServer;
    private boolean stopsToClients;
    private boolean byteByByte;
    private boolean closed;

    private FaultNetwork(URI server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        listening.setReceiveBufferSize(BUFFER_BYTES);
        Thread.ofVirtual().name("fault-network").start(this::acceptAll);
    }

    /** Creates a working network to the host and port of {@code server}. */
    public static FaultNetwork to(URI server) {
        try {
            return new FaultNetwork(server);
        } catch (IOException e) {
            throw new AssertionError("cannot listen", e);
        }
    }

    /** Returns the URI of the server with the port of this network. */
    public URI uri() {
        String from = ":" + server.getPort();
        return URI.create(server.toString().replaceFirst(from, ":" + listening.getLocalPort()));
    }

    /** Passes on {@code bytes} more bytes of clients, then resets all connections on both sides. */
    public synchronized void cutAfter(long bytes) {
        untilCut = bytes;
    }

    /** From now on passes no bytes on and notifies neither side, as if the clients had lost power. */
    public synchronized void stop() {
        stopsToServer = true;
        stopsToClients = true;
    }

    /** From now on passes on no bytes of the server, so that the server cannot write any more when the buffers are full. */
    public synchronized void stopToClients() {
        stopsToClients = true;
    }

    /** From now on passes on the bytes of clients one by one. */
    public synchronized void passByteByByte() {
        byteByByte = true;
    }

    /** Resets all connections. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close a socket", e);
        }
        links.forEach(Link::reset);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listening.accept();
                Link link = new Link(client, connect());
                links.add(link);
                Thread.ofVirtual().start(() -> link.copy(client, link.server, true));
                Thread.ofVirtual().start(() -> link.copy(link.server, client, false));
            }
        } catch (IOException e) {
            // The network was closed.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        return socket;
    }

    /** Waits while no byte may pass. Returns how many bytes may pass, up to {@code bytes}; 0 if the connection must be reset. */
    private synchronized int take(int bytes, boolean toServer) throws InterruptedException {
        while ((toServer ? stopsToServer : stopsToClients) && !closed) {
            wait();
        }
        if (!toServer || closed) {
            return closed ? 0 : bytes;
        }
        int taken = (int) Math.min(bytes, untilCut);
        if (untilCut != UNLIMITED) {
            untilCut -= taken;
        }
        return taken;
    }

    private synchronized int pieceBytes(boolean toServer) {
        return toServer && byteByByte ? 1 : COPY_BYTES;
    }

    /** The connection of a client to this network, and the connection of this network to the server. */
    private final class Link {
        private final Socket client;
        private final Socket server;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Socket from, Socket to, boolean toServer) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] bytes = new byte[COPY_BYTES];
                for (int count = read(in, bytes, toServer); count > 0; count = read(in, bytes, toServer)) {
                    int taken = take(count, toServer);
                    out.write(bytes, 0, taken);
                    if (taken < count) {
                        links.forEach(Link::reset);
                        return;
                    }
                }
                to.shutdownOutput();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private int read(InputStream in, byte[] bytes, boolean toServer) throws IOException, InterruptedException {
            // Bytes that must not pass are not read.
            take(0, toServer);
            return in.read(bytes, 0, pieceBytes(toServer));
        }

        void reset() {
            links.remove(this);
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // The socket is closed already.
            }
        }
    }
}
