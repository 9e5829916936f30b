package io.junctor.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client's connection over a Unix domain socket, for code that uses {@link Socket}. As thread-safe as a socket. */
public final class UnixClientSocket extends Socket {
    private static final String SCHEME = "ws+unix";

    private final SocketChannel channel;

    private UnixClientSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to the socket at {@code path}. */
    public static UnixClientSocket connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new UnixClientSocket(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Returns whether a URI has the form {@code ws+unix:/run/junctor.sock:/ws}. */
    public static boolean isUnix(URI uri) {
        return SCHEME.equals(uri.getScheme());
    }

    /** Returns the path of the socket in such a URI. */
    public static Path file(URI uri) {
        String path = uri.getRawPath();
        return Path.of(URI.create(path.substring(0, path.indexOf(':'))).getPath());
    }

    /** Returns the path of the HTTP request in a URI of any scheme. */
    public static String requestPath(URI uri) {
        return isUnix(uri) ? uri.getPath().substring(uri.getPath().lastIndexOf(':') + 1) : uri.getPath();
    }

    @Override
    public InputStream getInputStream() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Does nothing: reading waits without a time limit. */
    @Override
    public void setSoTimeout(int timeout) {}

    /** Does nothing: this is an option of TCP. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    /** Does nothing: this is an option of TCP. */
    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
