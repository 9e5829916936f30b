package io.junctor.router.config.yaml;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.Network;
import io.junctor.router.config.Proxies;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.tls.TlsConfig;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One listener. */
final class ListenerShape {
    /** What a listener is where nothing is said about it. */
    static final ListenerConfig DEFAULT = ListenerConfig.of("127.0.0.1", 8080);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
    private static final Pattern ORIGIN = Pattern.compile("\\*|null|[a-z][a-z0-9+.-]*://[^\\s/?#*]+");
    private static final Set<String> TAKEN_PATHS = Set.of("/health", "/metrics");

    private static final Defaulted<Integer> PORT = new Defaulted<>("port", new WholeNumber(0, 65_535), DEFAULT.port());
    private static final Defaulted<String> HOST_KEY = new Defaulted<>(
            "host", new Text("an address or host name such as 127.0.0.1", HOST.asMatchPredicate()), DEFAULT.host());
    private static final Defaulted<String> WEBSOCKET = new Defaulted<>(
            "websocket",
            new Text(
                    "a path such as /ws, other than /health and /metrics",
                    path -> PATH.matcher(path).matches() && !TAKEN_PATHS.contains(path)),
            DEFAULT.websocketPath());
    private static final Spare<TlsConfig> TLS = new Spare<>("tls", TlsShape.SHAPE);
    private static final Defaulted<List<Serializer>> SERIALIZERS = new Defaulted<>(
            "serializers",
            new ListOf<>(Word.of(Serializer.class), "a list such as [json, msgpack, cbor]", 1),
            List.of(Serializer.values()));
    private static final Defaulted<List<String>> ORIGINS = new Defaulted<>(
            "origins",
            new ListOf<>(
                    new Text("an origin such as https://app.example.org, or \"*\" for all", ORIGIN.asMatchPredicate()),
                    "a list of origins such as [\"https://app.example.org\"]",
                    0),
            DEFAULT.origins());
    private static final Defaulted<List<Network>> TRUSTED_PROXIES = new Defaulted<>(
            "trusted_proxies",
            new ListOf<>(new NetworkText(), "a list of networks such as [10.0.0.0/8]", 0),
            List.of());
    private static final Defaulted<Boolean> PROXY_PROTOCOL = new Defaulted<>("proxy_protocol", new Flag(), false);
    private static final Defaulted<ListenerLimits> LIMITS =
            new Defaulted<>("limits", ListenerLimitsShape.SHAPE, DEFAULT.limits());

    static final Shape<ListenerConfig> SHAPE = new Shape<>(
            "a listener such as { port: 8080 }",
            List.of(PORT, HOST_KEY, WEBSOCKET, TLS, SERIALIZERS, ORIGINS, TRUSTED_PROXIES, PROXY_PROTOCOL, LIMITS),
            Map.of("rawsocket", "transport 'rawsocket' is not offered by this version; 'websocket' is"),
            ListenerShape::bind);

    private ListenerShape() {}

    private static @Nullable ListenerConfig bind(Section section) {
        Integer port = section.find(PORT);
        String host = section.find(HOST_KEY);
        String websocket = section.get(WEBSOCKET);
        TlsConfig tls = section.get(TLS);
        List<Serializer> serializers = section.get(SERIALIZERS);
        List<String> origins = section.get(ORIGINS);
        Proxies proxies = proxies(section);
        ListenerLimits limits = section.get(LIMITS);
        return port == null || host == null
                ? null
                : new ListenerConfig(host, port, websocket, Set.copyOf(serializers), origins, limits, tls, proxies);
    }

    private static Proxies proxies(Section section) {
        List<Network> trusted = section.get(TRUSTED_PROXIES);
        boolean protocol = section.get(PROXY_PROTOCOL);
        if (protocol && trusted.isEmpty()) {
            section.reject("'proxy_protocol' needs 'trusted_proxies': anybody could say that he is somebody else");
            return Proxies.NONE;
        }
        return new Proxies(trusted, protocol);
    }
}
