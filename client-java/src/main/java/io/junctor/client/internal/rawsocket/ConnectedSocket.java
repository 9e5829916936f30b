package io.junctor.client.internal.rawsocket;

import io.junctor.client.internal.http.ProxyAddress;
import io.junctor.wamp.auth.ChannelBinding;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connected socket of any kind. Thread-safe; one thread reads and one writes. */
final class ConnectedSocket implements Closeable {
    /** Ends the output side of the stream. */
    private interface OutputShutdown {
        void run() throws IOException;
    }

    private final Closeable socket;
    private final InputStream in;
    private final OutputStream out;
    private final OutputShutdown outputShutdown;
    private final @Nullable SSLSocket tls;

    private ConnectedSocket(
            Closeable socket,
            InputStream in,
            OutputStream out,
            OutputShutdown outputShutdown,
            @Nullable SSLSocket tls) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.outputShutdown = outputShutdown;
        this.tls = tls;
    }

    /** Connects. Blocks up to the timeout, and up to the same time once more for a TLS handshake. */
    static ConnectedSocket connect(RawSocketAddress address, RawSocketSettings settings) throws IOException {
        return switch (address) {
            case RawSocketAddress.Unix unix -> unix(unix);
            case RawSocketAddress.Tcp tcp -> tcp(tcp, settings);
        };
    }

    private static ConnectedSocket unix(RawSocketAddress.Unix address) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(address.path()));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        return new ConnectedSocket(
                channel,
                Channels.newInputStream(channel),
                Channels.newOutputStream(channel),
                channel::shutdownOutput,
                null);
    }

    private static ConnectedSocket tcp(RawSocketAddress.Tcp address, RawSocketSettings settings) throws IOException {
        int timeoutMillis = (int) Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE);
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            ProxyAddress proxy = settings.proxy().proxyOf(address.secure(), address.host(), address.port());
            if (proxy == null) {
                socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMillis);
            } else {
                socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeoutMillis);
                socket.setSoTimeout(timeoutMillis);
                HttpTunnel.open(socket, proxy, address.host(), address.port());
                socket.setSoTimeout(0);
            }
            if (!address.secure()) {
                return of(socket, null);
            }
            SSLSocketFactory factory = settings.tls() == null
                    ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                    : settings.tls().getSocketFactory();
            SSLSocket tls = (SSLSocket) factory.createSocket(socket, address.host(), address.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(timeoutMillis);
            tls.startHandshake();
            tls.setSoTimeout(0);
            return of(tls, tls);
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    private static ConnectedSocket of(Socket socket, @Nullable SSLSocket tls) throws IOException {
        return new ConnectedSocket(
                socket, socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput, tls);
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void shutdownOutput() throws IOException {
        outputShutdown.run();
    }

    byte @Nullable [] channelBinding(String type) {
        return tls == null ? null : ChannelBinding.ofClient(type, tls.getSession());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
