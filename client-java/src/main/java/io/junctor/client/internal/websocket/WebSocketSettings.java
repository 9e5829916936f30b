package io.junctor.client.internal.websocket;

import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client opens WebSockets.
 *
 * @param tls the trusted certificates and the client's own, or null for the JDK's defaults
 * @param headers additional HTTP headers of the handshake
 * @param serializers the serializers to offer, the preferred one first
 * @param proxy the proxy for a router, asked for at each attempt; it returns null for a direct connection
 * @param connectTimeout the limit for one attempt
 * @param messageBytes the largest message in either direction
 */
public record WebSocketSettings(
        @Nullable SSLContext tls,
        Map<String, String> headers,
        List<Serializer> serializers,
        Function<RouterAddress, @Nullable ProxyAddress> proxy,
        Duration connectTimeout,
        int messageBytes) {}
