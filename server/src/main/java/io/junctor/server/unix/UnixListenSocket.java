package io.junctor.server.unix;

import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.spi.PeerCredentials;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Unix domain socket of a listener. Thread-safe; one thread opens it. */
public final class UnixListenSocket {
    private static final Logger LOG = LoggerFactory.getLogger(UnixListenSocket.class);

    /**
     * A connection that was accepted.
     *
     * @param channel the socket of the connection, in non-blocking mode
     * @param peer the account of the program that connected
     */
    public record AcceptedConnection(SocketChannel channel, PeerCredentials peer) {}

    private final UnixSocket config;
    private final SocketFile file;
    private final boolean inherited;
    private volatile @Nullable ServerSocketChannel channel;
    /** A key that identifies the file that this object created; null if it created none, or has removed it. */
    private volatile @Nullable Object key;

    private UnixListenSocket(UnixSocket config, boolean inherited) {
        this.config = config;
        this.file = new SocketFile(config);
        this.inherited = inherited;
    }

    /** Returns the socket of an address, or null if the address is a TCP port. */
    public static @Nullable UnixListenSocket of(ListenAddress address) {
        UnixSocket socket = address.unix();
        return socket == null ? null : new UnixListenSocket(socket, address.inherited());
    }

    /** Begins to listen; a second call does nothing. */
    public void open(int backlog) throws IOException {
        if (channel == null) {
            channel = inherited ? inherit() : file.bind(backlog);
            key = inherited ? null : file.key();
        }
    }

    private static ServerSocketChannel inherit() throws IOException {
        Channel socket = System.inheritedChannel();
        if (socket instanceof ServerSocketChannel listening
                && listening.getLocalAddress() instanceof UnixDomainSocketAddress) {
            return listening;
        }
        throw new UnixSocketException("the standard input of the process is not a listening Unix domain socket");
    }

    public boolean isOpen() {
        ServerSocketChannel listening = channel;
        return listening != null && listening.isOpen();
    }

    /** Waits for a connection. */
    public AcceptedConnection accept() throws IOException {
        ServerSocketChannel listening = channel;
        if (listening == null) {
            throw new ClosedChannelException();
        }
        SocketChannel socket = listening.accept();
        try {
            socket.configureBlocking(false);
            UnixDomainPrincipal peer = socket.getOption(ExtendedSocketOptions.SO_PEERCRED);
            return new AcceptedConnection(
                    socket,
                    new PeerCredentials(peer.user().getName(), peer.group().getName()));
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Stops listening and removes the file that {@link #open} created. */
    public void close() {
        ServerSocketChannel listening = channel;
        if (listening == null) {
            return;
        }
        // While this socket listens, no other router replaces the file, so a file with the same key is this socket's
        // file.
        try {
            Object own = key;
            key = null;
            if (own != null && own.equals(file.key())) {
                Files.deleteIfExists(config.path());
            }
        } catch (IOException e) {
            LOG.warn("the file of the listener unix:{} is not removed", config.path(), e);
        }
        try {
            listening.close();
        } catch (IOException e) {
            LOG.warn("the listener unix:{} did not close properly", config.path(), e);
        }
    }

    /** Returns the Unix domain socket that the process has inherited as its standard input, or null. */
    public static @Nullable UnixSocket inherited() throws IOException {
        return System.inheritedChannel() instanceof ServerSocketChannel listening
                        && listening.getLocalAddress() instanceof UnixDomainSocketAddress address
                ? new UnixSocket(address.getPath())
                : null;
    }
}
