package io.junctor.cli.bench;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.net.InetSocketAddress;
import java.net.URI;

/** Immutable. The router under load, and how to speak to it. */
record Target(URI url, Uri realm, Serializer serializer) {
    private static final int DEFAULT_PORT = 80;

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
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
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: " + serializer.subprotocol() + "\r\n\r\n";
    }
}
