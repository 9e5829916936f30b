package io.junctor.server.yaml;

import io.junctor.router.authentication.JoinRestrictionCheck;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.ConsoleConfig;
import io.junctor.router.config.listener.ConsoleConfig.Serving;
import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.ListenerProtocols;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OriginPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The section of a listener: its address, the sessions that it admits, and the services that it offers. */
final class ListenerSection {
    static final ListenerConfig DEFAULT = ListenerConfig.builder().build();

    private static final ScalarType<String> HOST = ScalarType.matching(
            "an address or host name such as 127.0.0.1",
            text -> text.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?"));
    private static final ScalarType<Set<PosixFilePermission>> MODE =
            ScalarType.text("a file mode of three octal digits in quotes such as \"660\"", UnixSocket::mode);
    private static final ValueType<UnixSocket> SOCKET = ScalarType.text(
                    "the path of a socket such as /run/junctor/junctor.sock", TextFile::path)
            .map((node, path) -> new UnixSocket(node.diagnostics().resolve(path).normalize()));

    private static final ScalarType<String> PATH =
            ScalarType.matching("a path such as /ws, other than /health, /ready and /metrics", WebSocketPath::isPath);
    private static final ScalarType<String> HOOK_PATH =
            ScalarType.matching("a path such as /hooks/github, other than /health and /metrics", WebSocketPath::isPath);
    private static final ScalarType<String> SERVICE_PATH =
            ScalarType.matching("a path such as /publish, other than /health and /metrics", WebSocketPath::isPath);

    private static final ScalarType<String> AUTHMETHOD =
            ScalarType.oneOf(JoinRestrictionCheck.methodNames(), name -> name);

    /** Restrictions of the sessions that may be opened through a listener or a path. */
    private static final SectionType<JoinRestriction> JOINS = SectionType.of(
                    JoinRestriction.class, "a map such as { realms: [realm1], authmethods: [ticket] }")
            .optional("realms", NameTypes.ANY_REALM.some())
            .optional("authmethods", AUTHMETHOD.some())
            .optional("roles", NameTypes.ROLE_OF_ANY.some());

    private static final ScalarType<String> ORIGIN = ScalarType.matching(
            "an origin such as https://app.example.org or https://*.example.org, or \"*\" for all",
            OriginPolicy::isEntry);
    /** The network of trusted proxies; empty stands for all programs that connect to a Unix domain socket. */
    private static final ValueType<Optional<IpNetwork>> PROXY = ScalarType.matching(
                    "an address, or a network by its first address, such as 10.0.0.0/8; or unix",
                    text -> text.equals("unix") || IpNetwork.parse(text) != null)
            .map((node, text) -> Optional.ofNullable(IpNetwork.parse(text)));

    // ---- The services below a path.

    private static final Pattern PAGE_PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final ScalarType<String> CONSOLE_PATH = ScalarType.matching(
            "a path such as /console, other than /health, /ready and /metrics",
            path -> ConsoleConfig.PATH.matcher(path).matches() && WebSocketPath.isPath(path));

    private static final ValueType<Path> DIRECTORY = ScalarType.text(
                    "the path of a directory, relative to this file", TextFile::path)
            .map(ListenerSection::directory);

    private static final SectionType<GatewayConfig> GATEWAY = SectionType.of(
            GatewayConfig.DEFAULT,
            "a map such as { path: /api, realm: realm1 }",
            Map.of(
                    "path", ScalarType.matching("a path such as / or /api", PAGE_PATH.asMatchPredicate()),
                    "realm", NameTypes.PERMANENT_REALM,
                    "login_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)),
                    "idempotency_keys", ScalarType.integer(1, 10_000_000)));

    private static final SectionType<FilesConfig> FILES = SectionType.of(
                    FilesConfig.class, "a map such as { path: /, directory: web }")
            .key("path", ScalarType.matching("a path such as / or /app", PAGE_PATH.asMatchPredicate()), "/")
            .required("directory", DIRECTORY)
            .key("max_age", ScalarType.duration(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO);

    private static final SectionType<ConsoleConfig> CONSOLE = SectionType.of(
                    ConsoleConfig.class, "a map such as { path: /console, role: operator }")
            .key("enabled", true)
            .key("path", CONSOLE_PATH, ConsoleConfig.DEFAULT.path())
            .optional("role", NameTypes.ROLE_OF_ANY)
            .derive("serving", values -> values.isTrue("enabled") ? Serving.ALWAYS : Serving.NEVER);

    private static final SectionType<ListenerLimits> LIMITS = SectionType.of(
            ListenerLimits.DEFAULT,
            "a map of a listener's limits",
            Map.of("message_bytes", ScalarType.bytes(1 << 10, 1 << 28), "depth", ScalarType.integer(8, 1_000)));

    static final ValueType<LocatedListener> SECTION = SectionType.of(
                    ListenerConfig.class, "a listener such as { port: 8080 }")
            .key("port", ScalarType.integer(0, 65_535), DEFAULT.port())
            .key("host", HOST, DEFAULT.host())
            .key("inherited_socket", false)
            .optional("unix", SOCKET)
            .key("mode", MODE, UnixSocket.DEFAULT_MODE)
            .optional("group", ScalarType.nonBlank("the name of a group"))
            .key("protocols", ScalarType.oneOf(ListenerProtocol.class).some(), List.of(ListenerProtocol.values()))
            .key("rawsocket_pings", "raw_socket_pings", DEFAULT.protocols().rawSocketPings())
            .key("websocket", PATH, DEFAULT.websocketPath())
            .optional("paths", new MapOf<>(PATH, JOINS, "path"))
            .key("http2", DEFAULT.http().http2())
            .key("longpoll", "long_poll", DEFAULT.http().longPoll())
            .key("compression", DEFAULT.http().compression())
            .all(JOINS)
            .optional("tls", TlsSection.SECTION)
            .key("serializers", ScalarType.oneOf(Serializer.class).some(), List.of(Serializer.values()))
            .list("origins", ORIGIN)
            .key("http_gateway", "gateway", GATEWAY, null)
            .map("webhooks", HOOK_PATH, ServiceSections.WEBHOOK)
            .key("crossbar_services", "crossbar", new MapOf<>(SERVICE_PATH, ServiceSections.CROSSBAR, null), Map.of())
            .optional("files", FILES)
            .key("status_page", "status", DEFAULT.http().statusPage())
            .optional("console", CONSOLE)
            .list("trusted_proxies", PROXY)
            .key("proxy_protocol", false)
            .key("limits", LIMITS, DEFAULT.limits())
            .refuse(
                    values -> values.isTrue("inherited_socket") && values.has("port", "host"),
                    "'inherited_socket' does not allow 'port' and 'host': the socket has an address")
            .refuse(
                    values -> values.has("mode", "group") && !values.has("unix"),
                    "'mode' and 'group' need 'unix': they are those of the file of a socket")
            .check(ListenerSection::checkUnix)
            .refuse(
                    values -> values.has("websocket") && values.has("paths"),
                    "has both 'websocket' and 'paths': list the path in 'paths' only")
            .refuse(
                    values -> values.isTrue("proxy_protocol") && List.of().equals(values.find("trusted_proxies")),
                    "'proxy_protocol' needs 'trusted_proxies': without it, every client could claim any address")
            .check(ListenerSection::checkProxies)
            .check(ListenerSection::checkPaths)
            .derive("address", ListenerSection::address)
            .derive("websockets", ListenerSection::paths)
            .derive("unencrypted", values -> values.find("tls") instanceof SectionValues it && it.isTrue("unencrypted"))
            .derive("protocols", ListenerSection::protocols)
            .derive("tls", values -> values.find("tls") instanceof SectionValues it ? it.record(TlsConfig.class) : null)
            .derive("console", values -> values.get("console", ConsoleConfig.DEFAULT))
            .derive("proxies", ListenerSection::proxies)
            .map((node, config) -> new LocatedListener(config, node));

    /** A listener with its position. Two values are equal only if their positions are equal. */
    record LocatedListener(ListenerConfig config, YamlNode node) {}

    private ListenerSection() {}

    private static void checkUnix(SectionValues values) {
        Stream.of("port", "host", "inherited_socket", "tls")
                .filter(key -> values.has("unix") && values.has(key))
                .forEach(key -> values.node(key).error("'unix' does not allow '" + key + "'"));
    }

    private static ListenAddress address(SectionValues values) {
        UnixSocket unix = values.find("unix");
        if (unix != null) {
            return ListenAddress.of(new UnixSocket(unix.path(), values.get("mode"), values.find("group")));
        }
        boolean isInherited = values.isTrue("inherited_socket");
        return new ListenAddress(values.get("host"), isInherited ? 0 : values.get("port"), isInherited, null);
    }

    /** Checks the proxies, except for an inherited socket, whose kind is known only when it is opened. */
    private static void checkProxies(SectionValues values) {
        boolean isUnix = values.has("unix");
        List<Optional<IpNetwork>> proxies = values.get("trusted_proxies", List.of());
        if (!values.isTrue("inherited_socket") && proxies.stream().anyMatch(proxy -> proxy.isEmpty() != isUnix)) {
            String error = isUnix
                    ? "the proxies of a Unix domain socket have no addresses: list 'unix' only"
                    : "'unix' stands for the proxies of a Unix domain socket: list networks";
            values.node("trusted_proxies").error(error);
        }
    }

    private static void checkPaths(SectionValues values) {
        Set<String> ofWebSockets =
                values.has("paths") ? values.entries("paths").keySet() : Set.of(values.get("websocket", ""));
        Map<String, String> owners = new HashMap<>();
        ofWebSockets.forEach(path -> owners.put(path, "WebSockets"));
        for (String key : List.of("webhooks", "crossbar_services")) {
            values.entries(key).forEach((path, node) -> {
                String owner = owners.putIfAbsent(path, "a webhook");
                if (owner != null) {
                    node.errorAtKey("'" + path + "' is the path of " + owner);
                }
            });
        }
    }

    private static List<WebSocketPath> paths(SectionValues values) {
        Map<String, JoinRestriction> paths = values.find("paths");
        JoinRestriction joins = values.record(JoinRestriction.class);
        return paths == null
                ? List.of(new WebSocketPath(values.get("websocket"), null))
                : paths.entrySet().stream()
                        .map(path ->
                                new WebSocketPath(path.getKey(), path.getValue().within(joins)))
                        .toList();
    }

    private static ProxyConfig proxies(SectionValues values) {
        List<Optional<IpNetwork>> proxies = values.get("trusted_proxies");
        return new ProxyConfig(
                proxies.stream().flatMap(Optional::stream).toList(),
                proxies.contains(Optional.<IpNetwork>empty()),
                values.isTrue("proxy_protocol"));
    }

    /**
     * Reads the protocols. With {@code paths}, RawSocket must be listed explicitly: it has no path, so no restriction of a path applies to
     * it.
     */
    private static ListenerProtocols protocols(SectionValues values) {
        boolean hasOnlyPaths = values.has("paths") && !values.has("protocols");
        return values.with("accepted", hasOnlyPaths ? List.of(ListenerProtocol.HTTP) : values.get("protocols"))
                .record(ListenerProtocols.class);
    }

    private static Path directory(YamlNode node, Path path) {
        Path directory = DiagnosticCollector.real(node.diagnostics().resolve(path));
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("there is no such directory");
        }
        if (node.diagnostics().isIn(directory)) {
            throw new IllegalArgumentException(
                    "this directory has this configuration file in it, which every browser could read then");
        }
        node.diagnostics()
                .addConfigCheck(config -> config.listeners().stream()
                        .flatMap(listener -> Stream.ofNullable(listener.tls()))
                        .flatMap(tls -> tls.paths().stream())
                        .filter(file -> DiagnosticCollector.real(file).startsWith(directory))
                        .findFirst()
                        .ifPresent(file -> node.error("this directory has the TLS file " + file
                                + " in it, which every browser could read then")));
        return directory;
    }
}
