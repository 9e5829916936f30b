package io.junctor.server.yaml;

import io.junctor.router.config.ConsoleConfig;
import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.FilesConfig;
import io.junctor.router.config.GatewayConfig;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.ProxyConfig;
import io.junctor.router.config.StatusPageContent;
import io.junctor.router.config.WebSocketPath;
import io.junctor.router.config.WebhookConfig;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OriginPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listener. */
final class ListenerSection {
    /** The proxies of a network, or if it is null, all programs that connect to a Unix domain socket. */
    private record TrustedProxies(@Nullable IpNetwork network) {
        boolean isUnix() {
            return network == null;
        }
    }

    static final ListenerConfig DEFAULT = ListenerConfig.of("127.0.0.1", 8080);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
    private static final Set<String> RESERVED_PATHS =
            Set.of("/health", "/health/live", "/health/ready", "/ready", "/metrics");

    private static final Key<Integer> PORT = Key.withDefault("port", ScalarType.integer(0, 65_535), DEFAULT.port());
    private static final Key<String> HOST_KEY = Key.withDefault(
            "host",
            ScalarType.matching("an address or host name such as 127.0.0.1", HOST.asMatchPredicate())
                    .onRead((node, host) -> node.document().addConfigCheck(config -> warnIfUnknown(host, node))),
            DEFAULT.host());
    private static final Key<Boolean> INHERITED_SOCKET = Key.withDefault("inherited_socket", ScalarType.BOOLEAN, false);
    private static final Key<List<ListenerProtocol>> PROTOCOLS = Key.withDefault(
            "protocols",
            new ListType<>(EnumType.of(ListenerProtocol.class), "a list such as [http]", 1),
            DEFAULT.protocols().accepted().stream().sorted().toList());
    private static final String EXPECTED_PATH = "a path such as /ws, other than /health, /ready and /metrics";
    private static final Key<String> WEBSOCKET = Key.withDefault(
            "websocket", ScalarType.matching(EXPECTED_PATH, ListenerSection::isPath), DEFAULT.websocketPath());
    private static final Key<Map<String, JoinRestriction>> PATHS = Key.optional(
            "paths",
            new MapType<>(
                    JoinKeys.SECTION,
                    "a map of paths such as { /ws: { authmethods: [ticket] } }",
                    EXPECTED_PATH,
                    ListenerSection::isPath,
                    "path"));
    private static final Key<Boolean> HTTP2 =
            Key.withDefault("http2", ScalarType.BOOLEAN, DEFAULT.http().http2());
    private static final Key<Boolean> LONG_POLL =
            Key.withDefault("longpoll", ScalarType.BOOLEAN, DEFAULT.http().longPoll());
    private static final Key<Boolean> COMPRESSION =
            Key.withDefault("compression", ScalarType.BOOLEAN, DEFAULT.http().compression());
    private static final Key<TlsSection.Tls> TLS = Key.optional("tls", TlsSection.SECTION);
    private static final Key<List<Serializer>> SERIALIZERS = Key.withDefault(
            "serializers",
            new ListType<>(EnumType.of(Serializer.class), "a list such as [json, msgpack, cbor]", 1),
            List.of(Serializer.values()));
    private static final Key<List<String>> ORIGINS = Key.list(
            "origins",
            ScalarType.matching(
                    "an origin such as https://app.example.org or https://*.example.org, or \"*\" for all",
                    OriginPolicy::isEntry),
            "a list of origins such as [\"https://app.example.org\"]");
    private static final Key<List<TrustedProxies>> TRUSTED_PROXIES = Key.list(
            "trusted_proxies",
            ScalarType.text(
                    "an address, or a network by its first address, such as 10.0.0.0/8; or unix",
                    ListenerSection::trusted),
            "a list of networks such as [10.0.0.0/8]");

    private static final Key<FilesConfig> FILES = Key.optional("files", FilesSection.SECTION);
    private static final Key<GatewayConfig> HTTP_GATEWAY = Key.optional("http_gateway", GatewaySection.SECTION);
    private static final Key<Map<String, WebhookConfig>> WEBHOOKS = Key.withDefault(
            "webhooks",
            new MapType<>(
                    WebhookSection.SECTION,
                    "a map of paths such as { /hooks/github: { realm: realm1 } }",
                    "a path such as /hooks/github, other than /health and /metrics",
                    ListenerSection::isPath,
                    null),
            Map.of());
    private static final Key<Map<String, CrossbarService>> CROSSBAR = Key.withDefault(
            "crossbar_services",
            new MapType<>(
                    CrossbarSection.SECTION,
                    "a map of paths such as { /publish: { type: publisher, realm: realm1, role: web } }",
                    "a path such as /publish, other than /health and /metrics",
                    ListenerSection::isPath,
                    null),
            Map.of());
    private static final Key<StatusPageContent> STATUS_PAGE =
            Key.oneOf("status_page", DEFAULT.http().statusPage());
    private static final Key<ConsoleConfig> CONSOLE = Key.optional("console", ConsoleSection.SECTION);
    private static final Key<Boolean> RAWSOCKET_PINGS = Key.withDefault(
            "rawsocket_pings", ScalarType.BOOLEAN, DEFAULT.protocols().rawSocketPings());
    private static final Key<Boolean> PROXY_PROTOCOL = Key.withDefault("proxy_protocol", ScalarType.BOOLEAN, false);
    private static final Key<ListenerLimits> LIMITS =
            Key.withDefault("limits", LimitSections.LISTENER, DEFAULT.limits());

    static final Section<Located<ListenerConfig>> SECTION = Section.of(
                    "a listener such as { port: 8080 }",
                    Stream.of(
                                    List.of(PORT, HOST_KEY, INHERITED_SOCKET),
                                    UnixKeys.KEYS,
                                    List.of(
                                            PROTOCOLS,
                                            RAWSOCKET_PINGS,
                                            WEBSOCKET,
                                            PATHS,
                                            HTTP2,
                                            LONG_POLL,
                                            COMPRESSION),
                                    JoinKeys.KEYS,
                                    List.of(
                                            TLS,
                                            SERIALIZERS,
                                            ORIGINS,
                                            HTTP_GATEWAY,
                                            WEBHOOKS,
                                            CROSSBAR,
                                            FILES,
                                            STATUS_PAGE,
                                            CONSOLE),
                                    List.of(TRUSTED_PROXIES, PROXY_PROTOCOL, LIMITS))
                            .<Key<?>>flatMap(List::stream)
                            .toList(),
                    ListenerSection::build)
            .checkedBy(ListenerSection::check);

    private ListenerSection() {}

    private static void check(SectionValues values) {
        if (Boolean.TRUE.equals(values.find(PROXY_PROTOCOL)) && List.of().equals(values.find(TRUSTED_PROXIES))) {
            values.error("'proxy_protocol' needs 'trusted_proxies': without it, every client could claim any address");
        }
        if (Boolean.TRUE.equals(values.find(INHERITED_SOCKET)) && (values.has(PORT) || values.has(HOST_KEY))) {
            values.error("'inherited_socket' does not allow 'port' and 'host': the socket has an address");
        }
        UnixKeys.check(values, List.of(PORT, HOST_KEY, INHERITED_SOCKET, TLS));
        // Of what kind an inherited socket is, shows when it is opened.
        List<TrustedProxies> proxies = Boolean.TRUE.equals(values.find(INHERITED_SOCKET))
                ? List.of()
                : Objects.requireNonNullElse(values.find(TRUSTED_PROXIES), List.of());
        if (proxies.stream().anyMatch(proxy -> proxy.isUnix() != UnixKeys.isUnix(values))) {
            values.node(TRUSTED_PROXIES)
                    .error(
                            UnixKeys.isUnix(values)
                                    ? "the proxies of a Unix domain socket have no addresses: list 'unix' only"
                                    : "'unix' stands for the proxies of a Unix domain socket: list networks");
        }
        if (values.has(WEBSOCKET) && values.has(PATHS)) {
            values.error("has both 'websocket' and 'paths': list the path in 'paths' only");
        }
        checkWebhooks(values);
    }

    private static void checkWebhooks(SectionValues values) {
        Map<String, YamlNode> nodes = values.entries(WEBHOOKS);
        Set<String> sockets = values.has(PATHS)
                ? values.entries(PATHS).keySet()
                : Set.of(Objects.requireNonNullElse(values.find(WEBSOCKET), ""));
        nodes.forEach((path, node) -> checkPath(path, sockets, Set.of(), node));
        values.entries(CROSSBAR).forEach((path, node) -> checkPath(path, sockets, nodes.keySet(), node));
        boolean isEncrypted = values.has(TLS) || UnixKeys.isUnix(values) || values.has(TRUSTED_PROXIES);
        String host = values.find(HOST_KEY);
        if (isEncrypted || host == null || host.startsWith("127.") || host.equals("localhost") || host.equals("::1")) {
            return;
        }
        Objects.requireNonNullElse(values.find(WEBHOOKS), Map.<String, WebhookConfig>of())
                .forEach((path, hook) -> {
                    YamlNode node = nodes.get(path);
                    if (node != null && hook.signature() instanceof HookSignature.Token) {
                        node.warnAtKey(
                                "requests to '" + path + "' from other machines are refused: they carry the secret"
                                        + " itself, and the listener has no 'tls'");
                    }
                });
    }

    private static void checkPath(String path, Set<String> sockets, Set<String> webhooks, YamlNode node) {
        if (sockets.contains(path) || webhooks.contains(path)) {
            node.errorAtKey("'" + path + "' is the path of " + (sockets.contains(path) ? "WebSockets" : "a webhook"));
        }
    }

    /** Resolves a host name, which may take seconds; for an address it takes no time. */
    private static void warnIfUnknown(String host, YamlNode node) {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            node.warn("the host '" + host + "' has no address on this machine: the router could not listen on it");
        }
    }

    private static @Nullable TrustedProxies trusted(String text) {
        IpNetwork network = IpNetwork.parse(text);
        return network == null && !text.equals("unix") ? null : new TrustedProxies(network);
    }

    private static boolean isPath(String path) {
        return PATH.matcher(path).matches() && !RESERVED_PATHS.contains(path);
    }

    /** RawSocket has no path, so it would go round the restrictions of paths: it has to be listed beside them. */
    private static Set<ListenerProtocol> protocols(SectionValues values) {
        return values.has(PATHS) && !values.has(PROTOCOLS)
                ? Set.of(ListenerProtocol.HTTP)
                : Set.copyOf(values.get(PROTOCOLS));
    }

    private static List<WebSocketPath> paths(SectionValues values, JoinRestriction joins) {
        Map<String, JoinRestriction> paths = values.find(PATHS);
        return paths == null
                ? List.of(new WebSocketPath(values.get(WEBSOCKET), null))
                : paths.entrySet().stream()
                        .map(path -> new WebSocketPath(path.getKey(), JoinKeys.within(path.getValue(), joins)))
                        .toList();
    }

    private static Located<ListenerConfig> build(SectionValues values) {
        JoinRestriction joins = JoinKeys.read(values, JoinRestriction.NONE);
        TlsSection.Tls tls = values.find(TLS);
        List<TrustedProxies> proxies = values.get(TRUSTED_PROXIES);
        ListenerConfig.Builder listener = ListenerConfig.builder()
                .host(values.get(HOST_KEY))
                .port(values.get(INHERITED_SOCKET) ? 0 : values.get(PORT))
                .inheritedSocket(values.get(INHERITED_SOCKET))
                .protocols(protocols(values))
                .rawSocketPings(values.get(RAWSOCKET_PINGS))
                .joins(joins)
                .websockets(paths(values, joins))
                .http2(values.get(HTTP2))
                .longPoll(values.get(LONG_POLL))
                .compression(values.get(COMPRESSION))
                .serializers(Set.copyOf(values.get(SERIALIZERS)))
                .origins(values.get(ORIGINS))
                .files(values.find(FILES))
                .gateway(values.find(HTTP_GATEWAY))
                .webhooks(values.get(WEBHOOKS))
                .crossbarServices(values.get(CROSSBAR))
                .statusPage(values.get(STATUS_PAGE))
                .console(Objects.requireNonNullElse(values.find(CONSOLE), ConsoleConfig.DEFAULT))
                .limits(values.get(LIMITS))
                .tls(tls == null ? null : tls.config())
                .unencrypted(tls != null && tls.isUnencryptedAllowed())
                .proxies(new ProxyConfig(
                        proxies.stream()
                                .flatMap(proxy -> Stream.ofNullable(proxy.network()))
                                .toList(),
                        proxies.stream().anyMatch(TrustedProxies::isUnix),
                        values.get(PROXY_PROTOCOL)));
        UnixKeys.build(values, listener);
        return new Located<>(listener.build(), values.node());
    }
}
