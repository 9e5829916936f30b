package io.junctor.router.config.listener;

import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a listener: its address, its protocols and its limits.
 *
 * @param address the address to bind
 * @param protocols the protocols of the listener
 * @param joins the restriction of sessions that are opened through the listener, except for paths with their own restriction
 * @param http the HTTP services of the listener
 * @param limits the limits of each connection
 * @param tls certificates and keys, or null for a listener without TLS
 * @param proxies the proxies in front of the listener
 */
public record ListenerConfig(
        ListenAddress address,
        ListenerProtocols protocols,
        JoinRestriction joins,
        HttpConfig http,
        ListenerLimits limits,
        @Nullable TlsConfig tls,
        ProxyConfig proxies) {
    /** The path of WebSockets if the configuration names none. */
    public static final String DEFAULT_PATH = WebSocketPath.DEFAULT.path();

    /** Checks that a Unix domain socket has no TLS. */
    public ListenerConfig {
        if (address.unix() != null && tls != null) {
            throw new IllegalArgumentException("a listener on a Unix domain socket has no TLS");
        }
    }

    /** A listener with defaults for all other settings. */
    public static ListenerConfig of(String host, int port) {
        return builder().host(host).port(port).build();
    }

    /** Starts a listener with all defaults: {@code ws://127.0.0.1:8080/ws}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts a listener with the settings of this one. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.address = address;
        builder.protocols = protocols;
        builder.http = http;
        return builder.joins(joins).limits(limits).tls(tls).proxies(proxies);
    }

    /** The address or host name to bind; empty with a Unix domain socket. */
    public String host() {
        return address.host();
    }

    /** The port to bind; 0 for any free port. */
    public int port() {
        return address.port();
    }

    /** Whether only programs on this machine can reach the listener, because it has a loopback address and no proxy. Resolves a host name. */
    public boolean isOnLoopback() {
        return address.isLoopback() && proxies.equals(ProxyConfig.NONE);
    }

    /** Whether the listener serves its console. Resolves a host name. */
    public boolean servesConsole() {
        return switch (http.console().serving()) {
            case NEVER -> false;
            case LOOPBACK -> isOnLoopback();
            case ALWAYS -> true;
        };
    }

    /** The first path of WebSockets. */
    public String websocketPath() {
        return http.websockets().getFirst().path();
    }

    /** The restriction of sessions that are opened by WebSockets of a path. */
    public JoinRestriction joins(WebSocketPath path) {
        JoinRestriction own = path.joins();
        return own == null ? joins : own;
    }

    /** The serializations that the listener offers. */
    public Set<Serializer> serializers() {
        return protocols.serializers();
    }

    /** The web pages that may connect besides those of the listener's own host and port. */
    public List<String> origins() {
        return http.origins();
    }

    /** Builds a {@link ListenerConfig}. For one thread. */
    public static final class Builder {
        private ListenAddress address = new ListenAddress("127.0.0.1", 8080);
        private ListenerProtocols protocols = ListenerProtocols.DEFAULT;
        private JoinRestriction joins = JoinRestriction.NONE;
        private HttpConfig http = HttpConfig.DEFAULT;
        private ListenerLimits limits = ListenerLimits.DEFAULT;
        private @Nullable TlsConfig tls;
        private ProxyConfig proxies = ProxyConfig.NONE;

        private Builder() {}

        /** Sets the address or host name to bind; 127.0.0.1 by default. */
        public Builder host(String host) {
            address = new ListenAddress(host, address.port(), address.inherited(), null);
            return this;
        }

        /** Sets the port to bind, 0 for any free port; 8080 by default. */
        public Builder port(int number) {
            address = address.withPort(number);
            return this;
        }

        /** Sets the Unix domain socket to listen on, instead of host and port. */
        public Builder unixSocket(UnixSocket socket) {
            address = ListenAddress.of(socket);
            return this;
        }

        /**
         * Sets whether the process has inherited the listening socket as its standard input, for example from systemd; the address must
         * then be that of the socket. False by default.
         */
        public Builder inheritedSocket(boolean inherited) {
            address = address.withInherited(inherited);
            return this;
        }

        /** Sets the protocols, which the listener distinguishes by the first byte of a connection; all by default. */
        public Builder protocols(Set<ListenerProtocol> accepted) {
            protocols = protocols.withAccepted(accepted);
            return this;
        }

        /** Sets the serializations offered; all by default. */
        public Builder serializers(Set<Serializer> offered) {
            protocols = protocols.withSerializers(offered);
            return this;
        }

        /** Sets whether a listener with TLS also accepts connections without TLS; false by default. */
        public Builder unencrypted(boolean allowed) {
            protocols = protocols.withUnencrypted(allowed);
            return this;
        }

        /** Sets whether silent RawSocket clients get pings; false by default, because not every client supports pings. */
        public Builder rawSocketPings(boolean sent) {
            protocols = protocols.withRawSocketPings(sent);
            return this;
        }

        /** Restricts the sessions that may be opened, except for paths with their own restriction. */
        public Builder joins(JoinRestriction restriction) {
            joins = restriction;
            return this;
        }

        /** Sets one path of WebSockets; {@code /ws} by default. */
        public Builder websocketPath(String path) {
            return websockets(List.of(new WebSocketPath(path, null)));
        }

        /**
         * Sets the paths of WebSockets. RawSocket has no path: if you restrict paths, also restrict RawSocket by {@link #joins} or exclude
         * it from {@link #protocols}.
         */
        public Builder websockets(List<WebSocketPath> paths) {
            http = http.withWebsockets(paths);
            return this;
        }

        /** Sets whether clients may use HTTP/2 besides HTTP/1.1; true by default. */
        public Builder http2(boolean spoken) {
            http = http.withHttp2(spoken);
            return this;
        }

        /** Sets whether clients may connect by HTTP long-poll, below the paths of WebSockets; true by default. */
        public Builder longPoll(boolean served) {
            http = http.withLongPoll(served);
            return this;
        }

        /** Sets whether messages are compressed for clients that offer permessage-deflate; false by default. */
        public Builder compression(boolean agreed) {
            http = http.withCompression(agreed);
            return this;
        }

        /** Sets the web pages of other hosts that may connect, {@code *} for all; none by default. */
        public Builder origins(List<String> allowed) {
            http = http.withOrigins(allowed);
            return this;
        }

        /** Sets the files that the listener serves; null, the default, for none. */
        public Builder files(@Nullable FilesConfig served) {
            http = http.withFiles(served);
            return this;
        }

        /** Sets the content of the status page at {@code /}; by default, how to connect. */
        public Builder statusPage(StatusPageContent content) {
            http = http.withPages(new PagesConfig(content, http.console()));
            return this;
        }

        /** Sets the page for operators; on loopback addresses at {@code /console} by default. */
        public Builder console(ConsoleConfig page) {
            http = http.withPages(new PagesConfig(http.statusPage(), page));
            return this;
        }

        /** Sets the HTTP gateway; null, the default, for none. */
        public Builder gateway(@Nullable GatewayConfig served) {
            http = http.withServices(http.services().withGateway(served));
            return this;
        }

        /** Sets the webhooks by path; none by default. */
        public Builder webhooks(Map<String, WebhookConfig> hooks) {
            http = http.withServices(http.services().withWebhooks(hooks));
            return this;
        }

        /** Sets the services that are compatible with Crossbar.io, by path; none by default. */
        public Builder crossbarServices(Map<String, CrossbarService> others) {
            http = http.withServices(http.services().withCrossbar(others));
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
            return new ListenerConfig(address, protocols, joins, http, limits, tls, proxies);
        }
    }
}
