package io.junctor.router.config;

import io.junctor.router.tls.TlsConfig;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. One door for clients.
 *
 * @param host the address to bind
 * @param port the port to bind, 0 for any free one
 * @param websocketPath the path of the WebSocket endpoint, beginning with a slash
 * @param serializers the serializations offered
 * @param origins browsers' origins that may connect besides the listener's own host; {@code *} for all
 * @param limits what holds per connection
 * @param tls how it encrypts, null where it does not
 * @param proxies the proxies in front of it
 */
public record ListenerConfig(
        String host,
        int port,
        String websocketPath,
        Set<Serializer> serializers,
        List<String> origins,
        ListenerLimits limits,
        @Nullable TlsConfig tls,
        Proxies proxies) {
    /** The path where none is given. */
    public static final String DEFAULT_PATH = "/ws";

    /** Copies the collections. */
    public ListenerConfig {
        serializers = Set.copyOf(serializers);
        origins = List.copyOf(origins);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
        }
        if (!websocketPath.startsWith("/")) {
            throw new IllegalArgumentException("websocket path must begin with a slash");
        }
    }

    /** A listener that does not encrypt. */
    public ListenerConfig(
            String host,
            int port,
            String websocketPath,
            Set<Serializer> serializers,
            List<String> origins,
            ListenerLimits limits) {
        this(host, port, websocketPath, serializers, origins, limits, null, Proxies.NONE);
    }

    /** The same with encryption. */
    public ListenerConfig with(TlsConfig encryption) {
        return new ListenerConfig(host, port, websocketPath, serializers, origins, limits, encryption, proxies);
    }

    /** The same behind proxies. */
    public ListenerConfig with(Proxies inFront) {
        return new ListenerConfig(host, port, websocketPath, serializers, origins, limits, tls, inFront);
    }

    /** The same with other limits. */
    public ListenerConfig with(ListenerLimits others) {
        return new ListenerConfig(host, port, websocketPath, serializers, origins, others, tls, proxies);
    }

    /** A listener with everything else as it is by default. */
    public static ListenerConfig of(String host, int port) {
        return new ListenerConfig(
                host, port, DEFAULT_PATH, Set.of(Serializer.values()), List.of(), ListenerLimits.DEFAULT);
    }
}
