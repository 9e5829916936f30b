package io.junctor.client.internal.rawsocket;

import io.junctor.client.internal.http.HttpProxySelector;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings for RawSocket connections.
 *
 * @param tls the trusted certificates and the client's own, or null for the JDK's defaults
 * @param serializers the serializers to try, the preferred one first
 * @param proxy the proxy for TCP and TLS
 * @param connectTimeout the limit for one attempt
 * @param messageBytes the largest message from the router
 */
public record RawSocketSettings(
        @Nullable SSLContext tls,
        List<Serializer> serializers,
        HttpProxySelector proxy,
        Duration connectTimeout,
        int messageBytes) {}
