package io.junctor.cli.migrate;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts a transport of Crossbar.io: {@code web}, {@code websocket}, {@code rawsocket} or {@code universal}. */
final class CrossbarTransport {
    private static final Set<String> SERIALIZERS = Set.of("json", "msgpack", "cbor");

    private final SourceNode transport;
    private final String type;
    private final SourceNode endpoint;
    /** The WebSocket services by path. */
    private final Map<String, SourceNode> webSockets = new LinkedHashMap<>();

    /** The services of the HTTP bridge by path. */
    private final Map<String, Object> services = new LinkedHashMap<>();

    private final Map<String, Object> listener = new LinkedHashMap<>();

    private CrossbarTransport(SourceNode transport, SourceNode endpoint) {
        this.transport = transport;
        this.type = transport.text("type", "");
        this.endpoint = endpoint;
        transport.ignore("id", "debug", "version");
    }

    /** Converts a transport; returns null and adds a note if the transport has no listener. */
    static @Nullable CrossbarTransport of(SourceNode transport) {
        SourceNode endpoint = transport.map("endpoint");
        if (endpoint == null) {
            transport.note("has no endpoint, so it is not carried over");
            return null;
        }
        CrossbarTransport converted = new CrossbarTransport(transport, endpoint);
        converted.read();
        return converted;
    }

    /** Returns the listener for {@code realms.yaml}. */
    Map<String, Object> listener() {
        return listener;
    }

    /** Returns the authentication settings of the transport and of its parts. */
    List<SourceNode> auths() {
        return Stream.concat(Stream.of(transport), parts())
                .map(part -> part.map("auth"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns whether a part has no authentication settings, so that all its clients are anonymous. */
    boolean isAnonymous() {
        boolean isOpenPart = transport.map("auth") == null && parts().anyMatch(part -> part.map("auth") == null);
        return isOpenPart || auths().isEmpty();
    }

    /** Returns whether clients on other machines can connect without encryption. */
    boolean isOpenToNetworks() {
        String host = String.valueOf(listener.get("host"));
        return !listener.containsKey("tls")
                && !listener.containsKey("unix")
                && !host.startsWith("127.")
                && !host.equals("localhost")
                && !host.equals("::1");
    }

    private Stream<SourceNode> parts() {
        return Stream.concat(webSockets.values().stream(), Stream.ofNullable(transport.map("rawsocket")));
    }

    private void read() {
        address();
        tls();
        switch (type) {
            case "websocket" -> webSocket(path(transport.text("url")), transport);
            case "rawsocket" -> listener.put("protocols", List.of("rawsocket"));
            case "web" -> paths(transport.map("paths"));
            case "universal" -> universal();
            default -> transport.note("type '" + type + "' is not known");
        }
        if (!webSockets.isEmpty()) {
            webSocketKeys();
        }
        if (!services.isEmpty()) {
            listener.put("crossbar_services", services);
        }
        serializers();
    }

    private void address() {
        if (endpoint.text("type", "tcp").equals("unix")) {
            listener.put("unix", endpoint.text("path", "junctor.sock"));
            return;
        }
        Long port = endpoint.number("port");
        String text = endpoint.text("port", "8080");
        listener.put("port", port == null ? 8080 : port);
        if (port == null) {
            endpoint.note("port " + text + " became 8080: write the variable as \"${NAME}\"");
        }
        String any = Objects.equals(endpoint.number("version"), 6L) ? "::" : "0.0.0.0";
        listener.put("host", endpoint.text("interface", any));
        endpoint.ignore("backlog", "shared");
    }

    private void tls() {
        SourceNode tls = endpoint.map("tls");
        if (tls == null) {
            return;
        }
        Map<String, Object> converted = new LinkedHashMap<>();
        converted.put("certificate", tls.text("certificate", "cert.pem"));
        converted.put("key", tls.text("key", "key.pem"));
        List<String> authorities = tls.texts("ca_certificates");
        if (!authorities.isEmpty()) {
            converted.put("client_certificates", "optional");
            converted.put("trust", authorities.getFirst());
        }
        if (authorities.size() > 1) {
            tls.note("'trust' is one file: append the other 'ca_certificates' to it");
        }
        if (tls.has("chain_certificates")) {
            tls.leave("chain_certificates", "append them to the file of 'certificate'");
        }
        tls.ignore("dhparam", "ciphers");
        listener.put("tls", converted);
    }

    private void universal() {
        SourceNode sockets = transport.map("websocket");
        if (sockets != null) {
            sockets.keys().forEach(key -> webSocket("/" + key, sockets.map(key)));
        }
        SourceNode web = transport.map("web");
        if (web != null) {
            paths(web.map("paths"));
        }
    }

    private void paths(@Nullable SourceNode paths) {
        if (paths == null) {
            return;
        }
        for (String key : paths.keys()) {
            SourceNode part = Objects.requireNonNullElse(paths.map(key), paths);
            String path = key.startsWith("/") ? key : "/" + key;
            switch (part.text("type", "")) {
                case "websocket" -> webSocket(path, part);
                case "static" -> files(path, part);
                case "longpoll" -> part.ignore("options");
                case "publisher", "caller", "webhook" -> services.put(path, CrossbarBridge.service(part));
                default -> {
                    paths.leave(key, "the router has no such web service");
                    part.ignore(part.keys().toArray(new String[0]));
                }
            }
        }
    }

    private void files(String path, SourceNode part) {
        String directory = part.text("directory");
        if (directory == null || listener.containsKey("files")) {
            part.note("is not carried over: a listener serves one directory");
        } else {
            Map<String, Object> files = new LinkedHashMap<>();
            files.put("path", path);
            files.put("directory", directory);
            listener.put("files", files);
        }
        part.ignore("options");
    }

    private void webSocket(String path, @Nullable SourceNode part) {
        if (part != null) {
            webSockets.put(path, part);
        }
    }

    private void webSocketKeys() {
        List<String> paths = List.copyOf(webSockets.keySet());
        if (paths.size() == 1) {
            listener.put("websocket", paths.getFirst());
        } else {
            Map<String, Object> several = new LinkedHashMap<>();
            paths.forEach(path -> several.put(path, Map.of()));
            listener.put("paths", several);
        }
        List<String> origins = new ArrayList<>();
        Map<String, Object> limits = new LinkedHashMap<>();
        for (SourceNode part : webSockets.values()) {
            part.ignore("url", "debug");
            SourceNode options = part.map("options");
            List<String> allowed = options == null ? List.of() : options.texts("allowed_origins");
            if (allowed.isEmpty()) {
                part.note("Crossbar.io accepts pages of all origins; here 'origins' has to name those of other hosts");
            }
            allowed.stream().filter(origin -> !origins.contains(origin)).forEach(origins::add);
            if (options != null) {
                limits(options, limits);
            }
        }
        if (!origins.isEmpty()) {
            listener.put("origins", origins);
        }
        if (!limits.isEmpty()) {
            listener.put("limits", limits);
        }
    }

    private static void limits(SourceNode options, Map<String, Object> limits) {
        Long messageBytes = options.number("max_message_size");
        if (messageBytes != null && messageBytes > 0) {
            limits.put("message_bytes", Math.clamp(messageBytes, 1 << 10, 1 << 28));
        }
        Long pingMillis = options.number("auto_ping_interval");
        if (pingMillis != null && pingMillis > 0) {
            limits.put("ping_interval", pingMillis + "ms");
        }
        Long pongMillis = options.number("auto_ping_timeout");
        if (pongMillis != null && pongMillis > 0) {
            limits.put("pong_wait", pongMillis + "ms");
        }
        options.ignore(
                "validate_utf8",
                "mask_server_frames",
                "require_masked_client_frames",
                "apply_mask",
                "fail_by_drop",
                "enable_webstatus",
                "tcp_nodelay",
                "max_frame_size",
                "allow_null_origin");
    }

    private void serializers() {
        List<String> all = Stream.concat(Stream.of(transport), parts())
                .flatMap(part -> part.texts("serializers").stream())
                .distinct()
                .toList();
        List<String> known = all.stream().filter(SERIALIZERS::contains).toList();
        if (known.size() < all.size()) {
            transport.note("of the serializers, "
                    + all.stream().filter(one -> !known.contains(one)).toList() + " are not offered");
        }
        if (!known.isEmpty() && known.size() < SERIALIZERS.size()) {
            listener.put("serializers", known);
        }
    }

    private static String path(@Nullable String url) {
        String path =
                url == null ? "" : Objects.requireNonNullElse(URI.create(url).getPath(), "");
        return path.isEmpty() ? "/" : path;
    }
}
