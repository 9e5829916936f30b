package io.junctor.server.yaml;

import io.junctor.router.authentication.ListenerRestriction;
import io.junctor.router.config.ConsoleConfig;
import io.junctor.router.config.HookSignature;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.ProxyConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.WebSocketPath;
import io.junctor.router.config.WebhookConfig;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OriginPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listener. */
final class ListenerSection {
    static final ListenerConfig DEFAULT = ListenerConfig.of("127.0.0.1", 8080);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
    private static final String EXPECTED_PATH = "a path such as /ws, other than /health, /ready and /metrics";
    private static final Set<String> RESERVED_PATHS =
            Set.of("/health", "/health/live", "/health/ready", "/ready", "/metrics");

    /** Restrict which sessions may be opened through a listener or a path. */
    private static final KeyTable JOINS = new KeyTable("a map such as { realms: [realm1], authmethods: [ticket] }")
            .optional("realms", new ListType<>(RealmNames.ANY, "a list of realms such as [realm1]", 1))
            .optional(
                    "authmethods",
                    new ListType<>(
                            EnumType.of(ListenerRestriction.methodNames(), name -> name),
                            "a list of methods such as [ticket, wampcra]",
                            1))
            .optional("roles", new ListType<>(RealmNames.ROLE_OF_ANY, "a list of roles such as [user]", 1));

    static final Section<Located> SECTION = new KeyTable("a listener such as { port: 8080 }")
            .key("port", ScalarType.integer(0, 65_535), DEFAULT.port())
            .key(
                    "host",
                    ScalarType.matching("an address or host name such as 127.0.0.1", HOST.asMatchPredicate())
                            .checkedBy(ListenerSection::warnIfUnknown),
                    DEFAULT.host())
            .flag("inherited_socket", false)
            .all(UnixKeys.KEYS)
            .key(
                    "protocols",
                    new ListType<>(EnumType.of(ListenerProtocol.class), "a list such as [http]", 1),
                    DEFAULT.protocols().accepted().stream().sorted().toList())
            .flag("rawsocket_pings", DEFAULT.protocols().rawSocketPings())
            .key("websocket", ScalarType.matching(EXPECTED_PATH, ListenerSection::isPath), DEFAULT.websocketPath())
            .optional(
                    "paths",
                    new MapType<>(
                            JOINS.build(JoinRestriction.class),
                            "a map of paths such as { /ws: { authmethods: [ticket] } }",
                            EXPECTED_PATH,
                            ListenerSection::isPath,
                            "path"))
            .flag("http2", DEFAULT.http().http2())
            .flag("longpoll", DEFAULT.http().longPoll())
            .flag("compression", DEFAULT.http().compression())
            .all(JOINS)
            .optional("tls", TlsSection.SECTION)
            .key(
                    "serializers",
                    new ListType<>(EnumType.of(Serializer.class), "a list such as [json, msgpack, cbor]", 1),
                    List.of(Serializer.values()))
            .list(
                    "origins",
                    ScalarType.matching(
                            "an origin such as https://app.example.org or https://*.example.org, or \"*\" for all",
                            OriginPolicy::isEntry),
                    "a list of origins such as [\"https://app.example.org\"]")
            .optional("http_gateway", PageSections.GATEWAY)
            .map(
                    "webhooks",
                    HttpServicesSection.WEBHOOK,
                    "a map of paths such as { /hooks/github: { realm: realm1 } }",
                    "a path such as /hooks/github, other than /health and /metrics",
                    ListenerSection::isPath)
            .map(
                    "crossbar_services",
                    HttpServicesSection.CROSSBAR,
                    "a map of paths such as { /publish: { type: publisher, realm: realm1, role: web } }",
                    "a path such as /publish, other than /health and /metrics",
                    ListenerSection::isPath)
            .optional("files", PageSections.FILES)
            .oneOf("status_page", DEFAULT.http().statusPage())
            .optional("console", PageSections.CONSOLE)
            .list(
                    "trusted_proxies",
                    ScalarType.text(
                            "an address, or a network by its first address, such as 10.0.0.0/8; or unix",
                            ListenerSection::trusted),
                    "a list of networks such as [10.0.0.0/8]")
            .flag("proxy_protocol", false)
            .key("limits", LimitSections.LISTENER, DEFAULT.limits())
            .check(ListenerSection::check)
            .check(ListenerSection::checkPaths)
            .build(ListenerSection::build);

    /** A listener with its position. Two are equal only at one position. */
    record Located(ListenerConfig config, YamlNode node) {}

    /** The proxies of a network, or if it is null, all programs that connect to a Unix domain socket. */
    private record TrustedProxies(@Nullable IpNetwork network) {
        boolean isUnix() {
            return network == null;
        }
    }

    private ListenerSection() {}

    private static void check(SectionValues values) {
        boolean isInherited = values.isTrue("inherited_socket");
        List<TrustedProxies> proxies = values.get("trusted_proxies", List.of());
        if (values.isTrue("proxy_protocol") && List.of().equals(values.find("trusted_proxies"))) {
            values.error("'proxy_protocol' needs 'trusted_proxies': without it, every client could claim any address");
        }
        if (isInherited && values.has("port", "host")) {
            values.error("'inherited_socket' does not allow 'port' and 'host': the socket has an address");
        }
        boolean isUnix = values.has("unix");
        // Of what kind an inherited socket is, shows when it is opened.
        if (!isInherited && proxies.stream().anyMatch(proxy -> proxy.isUnix() != isUnix)) {
            values.node("trusted_proxies")
                    .error(
                            isUnix
                                    ? "the proxies of a Unix domain socket have no addresses: list 'unix' only"
                                    : "'unix' stands for the proxies of a Unix domain socket: list networks");
        }
    }

    private static void checkPaths(SectionValues values) {
        if (values.has("websocket") && values.has("paths")) {
            values.error("has both 'websocket' and 'paths': list the path in 'paths' only");
        }
        Map<String, YamlNode> webhooks = values.entries("webhooks");
        Set<String> sockets =
                values.has("paths") ? values.entries("paths").keySet() : Set.of(values.get("websocket", ""));
        webhooks.forEach((path, node) -> checkPath(path, sockets, Set.of(), node));
        values.entries("crossbar_services").forEach((path, node) -> checkPath(path, sockets, webhooks.keySet(), node));
        String host = values.get("host", "localhost");
        boolean isLocal = host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        if (isLocal || values.has("tls", "unix", "trusted_proxies")) {
            return;
        }
        values.get("webhooks", Map.<String, WebhookConfig>of()).forEach((path, hook) -> {
            YamlNode node = webhooks.get(path);
            if (node != null && hook.signature() instanceof HookSignature.Token) {
                node.warnAtKey("requests to '" + path + "' from other machines are refused: they carry the secret"
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
    private static void warnIfUnknown(String host, RouterConfig config, YamlNode node) {
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
        return values.has("paths") && !values.has("protocols")
                ? Set.of(ListenerProtocol.HTTP)
                : Set.copyOf(values.<List<ListenerProtocol>>get("protocols"));
    }

    private static List<WebSocketPath> paths(SectionValues values, JoinRestriction joins) {
        Map<String, JoinRestriction> paths = values.find("paths");
        return paths == null
                ? List.of(new WebSocketPath(values.get("websocket"), null))
                : paths.entrySet().stream()
                        .map(path -> new WebSocketPath(path.getKey(), within(path.getValue(), joins)))
                        .toList();
    }

    /** The restriction of a path; what it leaves open is that of the listener. */
    private static JoinRestriction within(JoinRestriction path, JoinRestriction listener) {
        return new JoinRestriction(
                path.realms().isEmpty() ? listener.realms() : path.realms(),
                path.authmethods().isEmpty() ? listener.authmethods() : path.authmethods(),
                path.roles().isEmpty() ? listener.roles() : path.roles());
    }

    private static ProxyConfig proxies(SectionValues values) {
        List<TrustedProxies> proxies = values.get("trusted_proxies");
        return new ProxyConfig(
                proxies.stream()
                        .flatMap(proxy -> Stream.ofNullable(proxy.network()))
                        .toList(),
                proxies.stream().anyMatch(TrustedProxies::isUnix),
                values.isTrue("proxy_protocol"));
    }

    private static Located build(SectionValues values) {
        JoinRestriction joins = values.record(JoinRestriction.class);
        TlsSection.Tls tls = values.find("tls");
        ListenerConfig.Builder listener = ListenerConfig.builder()
                .host(values.get("host"))
                .port(values.isTrue("inherited_socket") ? 0 : values.get("port"))
                .inheritedSocket(values.isTrue("inherited_socket"))
                .protocols(protocols(values))
                .rawSocketPings(values.get("rawsocket_pings"))
                .joins(joins)
                .websockets(paths(values, joins))
                .http2(values.get("http2"))
                .longPoll(values.get("longpoll"))
                .compression(values.get("compression"))
                .serializers(Set.copyOf(values.<List<Serializer>>get("serializers")))
                .origins(values.get("origins"))
                .files(values.find("files"))
                .gateway(values.find("http_gateway"))
                .webhooks(values.get("webhooks"))
                .crossbarServices(values.get("crossbar_services"))
                .statusPage(values.get("status_page"))
                .console(values.get("console", ConsoleConfig.DEFAULT))
                .limits(values.get("limits"))
                .tls(tls == null ? null : tls.config())
                .unencrypted(tls != null && tls.isUnencryptedAllowed())
                .proxies(proxies(values));
        UnixKeys.build(values, listener);
        return new Located(listener.build(), values.node());
    }
}
