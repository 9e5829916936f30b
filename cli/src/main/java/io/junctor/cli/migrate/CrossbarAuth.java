package io.junctor.cli.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts the authentication methods of a realm. In Crossbar.io, methods belong to transports; in Junctor, a realm gets the methods of all
 * transports through which a client can join it.
 */
final class CrossbarAuth {
    private static final Map<String, String> USER_KEYS = new HashMap<>();

    static {
        for (String same : List.of("ticket", "secret", "salt", "iterations", "keylen", "kdf", "memory", "role")) {
            USER_KEYS.put(same, same);
        }
        USER_KEYS.put("stored-key", "stored_key");
        USER_KEYS.put("server-key", "server_key");
    }

    /** The methods that Junctor supports under the same name. */
    static final Set<String> METHODS = Set.of("anonymous", "ticket", "wampcra", "scram", "cryptosign", "tls");

    private final String realm;
    private final Set<String> roles;
    private final Map<String, Object> methods = new LinkedHashMap<>();

    private CrossbarAuth(String realm, Set<String> roles) {
        this.realm = realm;
        this.roles = roles;
    }

    /** Returns the methods of {@code realm}, which contains {@code roles}, from {@code transports}. */
    static Map<String, Object> of(String realm, Set<String> roles, List<CrossbarTransport> transports) {
        CrossbarAuth auth = new CrossbarAuth(realm, roles);
        for (CrossbarTransport transport : transports) {
            transport
                    .auths()
                    .forEach(map -> map.keys().stream()
                            .filter(METHODS::contains)
                            .forEach(name -> auth.add(name, map.map(name), transport)));
            if (transport.isAnonymous()) {
                auth.anonymous("anonymous");
            }
        }
        return auth.methods;
    }

    private void add(String name, @Nullable SourceNode method, CrossbarTransport transport) {
        if (method == null) {
            return;
        }
        String type = method.text("type", "static");
        switch (type) {
            case "static" -> addStatic(name, method);
            case "dynamic" -> addDynamic(name, method);
            default -> method.note("type " + type + " is not carried over: embed the router, or use a procedure");
        }
        if (name.equals("ticket") && methods.get(name) instanceof Map<?, ?> ticket && transport.isOpenToNetworks()) {
            Map<String, Object> open = copy(ticket);
            open.put("unencrypted", "allow");
            methods.put(name, open);
        }
    }

    private void addDynamic(String name, SourceNode method) {
        String procedure = method.text("authenticator");
        if (procedure == null) {
            method.note("has no authenticator");
            return;
        }
        Map<String, Object> authenticator = new LinkedHashMap<>();
        authenticator.put("procedure", procedure);
        String other = method.text("authenticator-realm");
        if (other != null && !other.equals(realm)) {
            authenticator.put("realm", other);
        }
        if (!realm.equals(other) || methods.isEmpty()) {
            methods.put(name, new LinkedHashMap<>(Map.of("authenticator", authenticator)));
        }
    }

    private void addStatic(String name, SourceNode method) {
        if (name.equals("anonymous")) {
            if (isHere(method)) {
                anonymous(method.text("role", "anonymous"));
            }
            return;
        }
        Map<String, Object> users = new LinkedHashMap<>();
        for (String key : List.of("users", "principals")) {
            SourceNode principals = method.map(key);
            if (principals != null) {
                principals.keys().forEach(authid -> addUser(name, principals.map(authid), authid, users));
            }
        }
        if (!users.isEmpty()) {
            Map<String, Object> known =
                    methods.get(name) instanceof Map<?, ?> map && map.get("users") instanceof Map<?, ?> more
                            ? copy(more)
                            : new LinkedHashMap<>();
            users.forEach(known::putIfAbsent);
            methods.put(name, new LinkedHashMap<>(Map.of("users", known)));
        }
    }

    private void anonymous(String role) {
        if (roles.contains(role)) {
            methods.putIfAbsent("anonymous", Map.of("role", role));
        }
    }

    private void addUser(String method, @Nullable SourceNode user, String authid, Map<String, Object> users) {
        if (user == null || !isHere(user)) {
            return;
        }
        Map<String, Object> converted = new LinkedHashMap<>();
        for (String key : user.keys()) {
            String here = USER_KEYS.get(key);
            if (here != null) {
                Long number = user.number(key);
                converted.put(here, number == null ? user.text(key, "") : number);
            }
        }
        converted.putIfAbsent("role", "anonymous");
        List<String> keys = new ArrayList<>(user.texts("authorized_keys"));
        if (!keys.isEmpty()) {
            converted.put("keys", keys);
        }
        if (method.equals("tls")) {
            user.leave(
                    "certificate-sha1",
                    "the SHA-256 fingerprint of the certificate belongs into 'certificates' of " + authid);
            return;
        }
        users.put(authid, converted);
    }

    /** Returns whether a user or an anonymous client may join this realm: the entry names the realm or one of its roles. */
    private boolean isHere(SourceNode user) {
        String named = user.text("realm");
        return named == null ? roles.contains(user.text("role", "anonymous")) : named.equals(realm);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
