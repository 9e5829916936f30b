package io.junctor.cli.bench;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.websocket.OpeningHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
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
 */
record Target(
        URI url, Uri realm, Serializer serializer, @Nullable SSLContext tls) {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_TLS_PORT = 443;

    /** One that does not encrypt. */
    Target(URI url, Uri realm, Serializer serializer) {
        this(url, realm, serializer, null);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), port());
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
        engine.setSSLParameters(parameters);
        engine.setUseClientMode(true);
        TlsChannel encrypted = ClientTlsChannel.newBuilder(channel, engine).build();
        encrypted.handshake();
        return encrypted;
    }

    /** What a WebSocket client asks the server for first. */
    String upgradeRequest(String key) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return "GET " + path + query + " HTTP/1.1\r\n"
                + "Host: " + url.getRawAuthority() + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: " + OpeningHandshake.VERSION + "\r\n"
                + "Sec-WebSocket-Protocol: " + serializer.subprotocol() + "\r\n\r\n";
    }
}
