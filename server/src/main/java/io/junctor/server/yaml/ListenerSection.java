package io.junctor.server.yaml;

import io.junctor.router.authentication.ListenerRestriction;
import io.junctor.router.config.ConfigWarnings;
import io.junctor.router.config.ConsoleConfig;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.ProxyConfig;
import io.junctor.router.config.WebSocketPath;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.server.yaml.ValueType.NameRule;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OriginPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listener. */
final class ListenerSection {
    static final ListenerConfig DEFAULT = ListenerConfig.builder().build();

    private static final NameRule PATH =
            new NameRule("a path such as /ws, other than /health, /ready and /metrics", WebSocketPath::isPath);
    private static final NameRule HOOK_PATH =
            new NameRule("a path such as /hooks/github, other than /health and /metrics", WebSocketPath::isPath);
    private static final NameRule SERVICE_PATH =
            new NameRule("a path such as /publish, other than /health and /metrics", WebSocketPath::isPath);

    /** Restrict which sessions may be opened through a listener or a path. */
    private static final KeyTable JOINS = new KeyTable("a map such as { realms: [realm1], authmethods: [ticket] }")
            .optional("realms", Names.ANY_REALM.some("a list of realms such as [realm1]"))
            .optional(
                    "authmethods",
                    ScalarType.oneOf(ListenerRestriction.methodNames(), name -> name)
                            .some("a list of methods such as [ticket, wampcra]"))
            .optional("roles", Names.ROLE_OF_ANY.some("a list of roles such as [user]"));

    private static final MapOf<JoinRestriction> PATHS = new MapOf<>(
            JOINS.build(JoinRestriction.class),
            PATH,
            "a map of paths such as { /ws: { authmethods: [ticket] } }",
            "path");
    private static final ScalarType<String> ORIGIN = ScalarType.matching(
            "an origin such as https://app.example.org or https://*.example.org, or \"*\" for all",
            OriginPolicy::isEntry);
    /** The network of proxies; empty for all programs that connect to a Unix domain socket. */
    private static final ValueType<Optional<IpNetwork>> PROXY = ScalarType.matching(
                    "an address, or a network by its first address, such as 10.0.0.0/8; or unix",
                    text -> text.equals("unix") || IpNetwork.parse(text) != null)
            .map((node, text) -> Optional.ofNullable(IpNetwork.parse(text)));

    static final Section<Located> SECTION = new KeyTable("a listener such as { port: 8080 }")
            .all(AddressKeys.KEYS)
            .key(
                    "protocols",
                    ScalarType.oneOf(ListenerProtocol.class).some("a list such as [http]"),
                    DEFAULT.protocols().accepted().stream().sorted().toList())
            .flag("rawsocket_pings", DEFAULT.protocols().rawSocketPings())
            .key("websocket", ScalarType.matching(PATH.expected(), PATH.isValid()), DEFAULT.websocketPath())
            .optional("paths", PATHS)
            .flag("http2", DEFAULT.http().http2())
            .flag("longpoll", DEFAULT.http().longPoll())
            .flag("compression", DEFAULT.http().compression())
            .all(JOINS)
            .optional("tls", TlsSection.SECTION)
            .key(
                    "serializers",
                    ScalarType.oneOf(Serializer.class).some("a list such as [json, msgpack, cbor]"),
                    List.of(Serializer.values()))
            .list("origins", ORIGIN, "a list of origins such as [\"https://app.example.org\"]")
            .optional("http_gateway", PageSections.GATEWAY)
            .map(
                    "webhooks",
                    HttpServicesSection.WEBHOOK,
                    HOOK_PATH,
                    "a map of paths such as { /hooks/github: { realm: realm1 } }")
            .map(
                    "crossbar_services",
                    HttpServicesSection.CROSSBAR,
                    SERVICE_PATH,
                    "a map of paths such as { /publish: { type: publisher, realm: realm1, role: web } }")
            .optional("files", PageSections.FILES)
            .oneOf("status_page", DEFAULT.http().statusPage())
            .optional("console", PageSections.CONSOLE)
            .list("trusted_proxies", PROXY, "a list of networks such as [10.0.0.0/8]")
            .flag("proxy_protocol", false)
            .key("limits", LimitSections.LISTENER, DEFAULT.limits())
            .refuse(
                    values -> values.has("websocket") && values.has("paths"),
                    "has both 'websocket' and 'paths': list the path in 'paths' only")
            .refuse(
                    values -> values.isTrue("proxy_protocol") && List.of().equals(values.find("trusted_proxies")),
                    "'proxy_protocol' needs 'trusted_proxies': without it, every client could claim any address")
            .check(ListenerSection::checkProxies)
            .check(ListenerSection::checkPaths)
            .build(ListenerSection::build);

    /** A listener with its position. Two are equal only at one position. */
    record Located(ListenerConfig config, YamlNode node) {}

    private ListenerSection() {}

    /** Of what kind an inherited socket is, shows when it is opened. */
    private static void checkProxies(SectionValues values) {
        boolean isUnix = values.has("unix");
        List<Optional<IpNetwork>> proxies = values.get("trusted_proxies", List.of());
        if (!values.isTrue("inherited_socket") && proxies.stream().anyMatch(proxy -> proxy.isEmpty() != isUnix)) {
            values.node("trusted_proxies")
                    .error(
                            isUnix
                                    ? "the proxies of a Unix domain socket have no addresses: list 'unix' only"
                                    : "'unix' stands for the proxies of a Unix domain socket: list networks");
        }
    }

    private static void checkPaths(SectionValues values) {
        Map<String, String> owners = new HashMap<>();
        if (values.has("paths")) {
            values.entries("paths").keySet().forEach(path -> owners.put(path, "WebSockets"));
        } else {
            owners.put(values.get("websocket", ""), "WebSockets");
        }
        for (String key : List.of("webhooks", "crossbar_services")) {
            values.entries(key).forEach((path, node) -> {
                String owner = owners.putIfAbsent(path, "a webhook");
                if (owner != null) {
                    node.errorAtKey("'" + path + "' is the path of " + owner);
                }
            });
        }
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
        List<Optional<IpNetwork>> proxies = values.get("trusted_proxies");
        return new ProxyConfig(
                proxies.stream().flatMap(Optional::stream).toList(),
                proxies.contains(Optional.<IpNetwork>empty()),
                values.isTrue("proxy_protocol"));
    }

    private static Located build(SectionValues values) {
        JoinRestriction joins = values.record(JoinRestriction.class);
        TlsSection.@Nullable Tls tls = values.find("tls");
        ListenerConfig.Builder listener = AddressKeys.build(values)
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
        ListenerConfig config = listener.build();
        List<String> refused = ConfigWarnings.refusedWebhooks(config);
        values.entries("webhooks").forEach((path, node) -> {
            if (refused.contains(path)) {
                node.warnAtKey("requests to '" + path + "' from other machines are refused: they carry the secret"
                        + " itself, and the listener has no 'tls'");
            }
        });
        return new Located(config, values.node());
    }
}
