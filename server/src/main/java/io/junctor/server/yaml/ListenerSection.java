package io.junctor.server.yaml;

import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.ProxyConfig;
import io.junctor.router.config.TlsConfig;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A listener. */
final class ListenerSection {
    static final ListenerConfig DEFAULT = ListenerConfig.of("127.0.0.1", 8080);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
    private static final Pattern ORIGIN = Pattern.compile("\\*|null|[a-z][a-z0-9+.-]*://[^\\s/?#*]+");
    private static final Set<String> RESERVED_PATHS = Set.of("/health", "/metrics");

    private static final Key<Integer> PORT = Key.withDefault("port", ScalarType.integer(0, 65_535), DEFAULT.port());
    private static final Key<String> HOST_KEY = Key.withDefault(
            "host",
            ScalarType.matching("an address or host name such as 127.0.0.1", HOST.asMatchPredicate()),
            DEFAULT.host());
    private static final Key<String> WEBSOCKET = Key.withDefault(
            "websocket",
            ScalarType.matching(
                    "a path such as /ws, other than /health and /metrics",
                    path -> PATH.matcher(path).matches() && !RESERVED_PATHS.contains(path)),
            DEFAULT.websocketPath());
    private static final Key<TlsConfig> TLS = Key.optional("tls", TlsSection.SECTION);
    private static final Key<List<Serializer>> SERIALIZERS = Key.withDefault(
            "serializers",
            new ListType<>(EnumType.of(Serializer.class), "a list such as [json, msgpack, cbor]", 1),
            List.of(Serializer.values()));
    private static final Key<List<String>> ORIGINS = Key.withDefault(
            "origins",
            new ListType<>(
                    ScalarType.matching(
                            "an origin such as https://app.example.org, or \"*\" for all", ORIGIN.asMatchPredicate()),
                    "a list of origins such as [\"https://app.example.org\"]",
                    0),
            DEFAULT.origins());
    private static final Key<List<IpNetwork>> TRUSTED_PROXIES = Key.withDefault(
            "trusted_proxies",
            new ListType<>(
                    ScalarType.text("an address, or a network that begins there, such as 10.0.0.0/8", IpNetwork::parse),
                    "a list of networks such as [10.0.0.0/8]",
                    0),
            List.of());
    private static final Key<Boolean> PROXY_PROTOCOL = Key.withDefault("proxy_protocol", ScalarType.BOOLEAN, false);
    private static final Key<ListenerLimits> LIMITS =
            Key.withDefault("limits", LimitSections.LISTENER, DEFAULT.limits());

    static final Section<Located<ListenerConfig>> SECTION = Section.of(
                    "a listener such as { port: 8080 }",
                    List.of(
                            PORT,
                            HOST_KEY,
                            WEBSOCKET,
                            TLS,
                            SERIALIZERS,
                            ORIGINS,
                            TRUSTED_PROXIES,
                            PROXY_PROTOCOL,
                            LIMITS),
                    ListenerSection::build)
            .checkedBy(ListenerSection::check);

    private ListenerSection() {}

    private static void check(SectionValues values) {
        if (Boolean.TRUE.equals(values.find(PROXY_PROTOCOL)) && List.of().equals(values.find(TRUSTED_PROXIES))) {
            values.node()
                    .error(
                            "'proxy_protocol' needs 'trusted_proxies': without it, every client could claim any address");
        }
    }

    private static Located<ListenerConfig> build(SectionValues values) {
        ListenerConfig listener = ListenerConfig.builder()
                .host(values.get(HOST_KEY))
                .port(values.get(PORT))
                .websocketPath(values.get(WEBSOCKET))
                .serializers(Set.copyOf(values.get(SERIALIZERS)))
                .origins(values.get(ORIGINS))
                .limits(values.get(LIMITS))
                .tls(values.find(TLS))
                .proxies(new ProxyConfig(values.get(TRUSTED_PROXIES), values.get(PROXY_PROTOCOL)))
                .build();
        return new Located<>(listener, values.node());
    }
}
