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
 * The router under load, and the protocol options to use with it. Immutable.
 *
 * @param url the address of the router
 * @param realm the realm to join
 * @param serializer the serializer of messages
 * @param tls the context with the trusted certificates; null if the connection is not encrypted
 * @param batched whether several messages may be sent together
 * @param compressed whether messages are compressed
 * @param http2 whether a WebSocket is a stream of HTTP/2
 */
public record TargetRouter(
        URI url,
        Uri realm,
        Serializer serializer,
        @Nullable SSLContext tls,
        boolean batched,
        boolean compressed,
        boolean http2) {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_TLS_PORT = 443;

    /** Creates a target with one message per frame and without compression. */
    public TargetRouter(URI url, Uri realm, Serializer serializer, @Nullable SSLContext tls) {
        this(url, realm, serializer, tls, false, false, false);
    }

    /** Creates a target without encryption. */
    public TargetRouter(URI url, Uri realm, Serializer serializer) {
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

    /** Returns a channel over a blocking socket. With TLS, first checks that the router has a certificate of its host. */
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

    /** Returns the subprotocol. */
    String subprotocol() {
        return new Subprotocol(serializer, batched).name();
    }

    /** Returns the upgrade request of a WebSocket client. */
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

    /** Returns the fields of the request that opens a WebSocket in HTTP/2: names and values, alternating. */
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

    /** Returns the header of a request of the long-poll transport, with an empty line at its end. */
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
