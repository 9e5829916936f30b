package io.junctor.client.internal.http;

import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings for a connection to a router by HTTP: by a WebSocket or by long-poll.
 *
 * @param tls the trusted certificates and the client's own, or null for the JDK's defaults
 * @param headers additional HTTP headers of each request
 * @param serializers the serializers to offer, the preferred one first
 * @param proxy the proxy
 * @param connectTimeout the limit for one attempt
 * @param messageBytes the largest message in either direction
 * @param compression whether permessage-deflate is offered for WebSockets
 * @param batches whether batched subprotocols are offered for WebSockets
 */
public record HttpSettings(
        @Nullable SSLContext tls,
        Map<String, String> headers,
        List<Serializer> serializers,
        HttpProxySelector proxy,
        Duration connectTimeout,
        int messageBytes,
        boolean compression,
        boolean batches) {}
