package io.junctor.router.config;

import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address and port where the router accepts connections, with its protocols and limits.
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
        ProxyConfig proxies) {
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

    /** A listener with everything else as it is by default. */
    public static ListenerConfig of(String host, int port) {
        return builder().host(host).port(port).build();
    }

    /** Starts a listener with all defaults: {@code ws://127.0.0.1:8080/ws}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts a listener with the settings of this one. */
    public Builder toBuilder() {
        return new Builder()
                .host(host)
                .port(port)
                .websocketPath(websocketPath)
                .serializers(serializers)
                .origins(origins)
                .limits(limits)
                .tls(tls)
                .proxies(proxies);
    }

    /** Builds a {@link ListenerConfig}. For one thread. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port = 8080;
        private String websocketPath = DEFAULT_PATH;
        private Set<Serializer> serializers = Set.of(Serializer.values());
        private List<String> origins = List.of();
        private ListenerLimits limits = ListenerLimits.DEFAULT;
        private @Nullable TlsConfig tls;
        private ProxyConfig proxies = ProxyConfig.NONE;

        private Builder() {}

        /** Sets the address to bind; 127.0.0.1 by default. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** Sets the port to bind, 0 for any free one; 8080 by default. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Sets the path of the WebSocket endpoint; {@code /ws} by default. */
        public Builder websocketPath(String path) {
            websocketPath = path;
            return this;
        }

        /** Sets the serializations offered; all by default. */
        public Builder serializers(Set<Serializer> offered) {
            serializers = offered;
            return this;
        }

        /** Sets the origins of other hosts that may connect, {@code *} for all; none by default. */
        public Builder origins(List<String> allowed) {
            origins = allowed;
            return this;
        }

        /** Sets the limits of each connection. */
        public Builder limits(ListenerLimits others) {
            limits = others;
            return this;
        }

        /** Sets certificate and key; null, the default, for a listener without TLS. */
        public Builder tls(@Nullable TlsConfig config) {
            tls = config;
            return this;
        }

        /** Sets the proxies in front of the listener; none by default. */
        public Builder proxies(ProxyConfig inFront) {
            proxies = inFront;
            return this;
        }

        /** Builds the listener. */
        public ListenerConfig build() {
            return new ListenerConfig(host, port, websocketPath, serializers, origins, limits, tls, proxies);
        }
    }
}
