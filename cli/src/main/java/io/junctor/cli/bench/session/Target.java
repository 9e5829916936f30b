package io.junctor.cli.bench.session;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.wamp.value.Uri;
import io.junctor.websocket.OpeningHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/**
 * Immutable. The router under load, and how to speak to it.
 *
 * @param url where it listens
 * @param realm the realm that is joined
 * @param serializer how messages are written
 * @param tls whose certificates are trusted, null where nothing is encrypted
 * @param batched whether several messages may be sent together
 * @param compressed whether messages are compressed
 * @param http2 whether a WebSocket is a stream of HTTP/2
 */
public record Target(
        URI url,
        Uri realm,
        Serializer serializer,
        @Nullable SSLContext tls,
        boolean batched,
        boolean compressed,
        boolean http2) {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_TLS_PORT = 443;

    /** One with a message in each frame, without compression. */
    public Target(URI url, Uri realm, Serializer serializer, @Nullable SSLContext tls) {
        this(url, realm, serializer, tls, false, false, false);
    }

    /** One that does not encrypt. */
    public Target(URI url, Uri realm, Serializer serializer) {
        this(url, realm, serializer, null);
    }

    UrlScheme scheme() {
        return UrlScheme.of(url.getScheme()).orElseThrow();
    }

    SocketAddress address() {
        return scheme().isUnix()
                ? UnixDomainSocketAddress.of(socketPath())
                : new InetSocketAddress(url.getHost(), port());
    }

    private int port() {
        int fallback = tls == null ? DEFAULT_PORT : DEFAULT_TLS_PORT;
        return url.getPort() < 0 ? fallback : url.getPort();
    }

    /** What goes through a socket that blocks: encrypted, once the router has shown a certificate of its host. */
    ByteChannel through(SocketChannel channel) throws IOException {
        if (tls == null) {
            return channel;
        }
        SSLEngine engine = tls.createSSLEngine(url.getHost(), port());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (http2) {
            parameters.setApplicationProtocols(new String[] {"h2"});
        }
        engine.setSSLParameters(parameters);
        engine.setUseClientMode(true);
        TlsChannel encrypted = ClientTlsChannel.newBuilder(channel, engine).build();
        encrypted.handshake();
        return encrypted;
    }

    /** The subprotocol. */
    String subprotocol() {
        return new Subprotocol(serializer, batched).name();
    }

    /** What a WebSocket client asks the server for first. */
    String upgradeRequest(String key) {
        return "GET " + path() + query() + " HTTP/1.1\r\n"
                + "Host: " + host() + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: " + OpeningHandshake.VERSION + "\r\n"
                + (compressed
                        ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                                + " client_no_context_takeover\r\n"
                        : "")
                + "Sec-WebSocket-Protocol: " + subprotocol() + "\r\n\r\n";
    }

    /** What a WebSocket client asks the server of HTTP/2 for: names and values of fields, in turn. */
    List<String> connectRequest() {
        return List.of(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                tls == null ? "http" : "https",
                ":path",
                path() + query(),
                ":authority",
                host(),
                "sec-websocket-version",
                OpeningHandshake.VERSION,
                "sec-websocket-protocol",
                subprotocol());
    }

    /** The head of a request of the long-poll transport, with an empty line at its end. */
    String post(String action, int bodyBytes) {
        String base = path().endsWith("/") ? path() : path() + "/";
        return "POST " + base + action + query() + " HTTP/1.1\r\n"
                + "Host: " + host() + "\r\n"
                + "Content-Length: " + bodyBytes + "\r\n\r\n";
    }

    private String socketPath() {
        String path = url.getPath();
        return scheme() == UrlScheme.WS_UNIX ? path.substring(0, path.lastIndexOf(':')) : path;
    }

    private String path() {
        String path = url.getRawPath();
        if (scheme() == UrlScheme.WS_UNIX) {
            return path.substring(path.lastIndexOf(':') + 1);
        }
        return path.isEmpty() ? "/" : path;
    }

    private String host() {
        return scheme().isUnix() ? "localhost" : url.getRawAuthority();
    }

    private String query() {
        return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    }
}
