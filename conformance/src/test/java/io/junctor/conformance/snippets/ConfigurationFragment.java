package io.junctor.conformance.snippets;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Confined to one thread. Adds to a part of a configuration what the page leaves out: realms, roles and users. */
final class ConfigurationFragment {
    private static final String REALMS = "realms";
    private static final String ROLES = "roles";
    private static final String AUTH = "auth";
    static final String SECRET = "secret-of-twenty-characters";
    private static final Map<String, Object> PERMISSIONS = Map.of(
            "allow", List.of(Map.of("uri", "com.example.", "match", "prefix", "actions", List.of("call", "register"))));

    private final Map<String, Object> file = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> realms = new LinkedHashMap<>();

    private ConfigurationFragment() {}

    /** A whole configuration with this part at its place; see {@link Mark.Kind#PART_OF}. */
    static String complete(String place, String part) {
        ConfigurationFragment fragment = new ConfigurationFragment();
        Map<String, Object> read = map(new Load(LoadSettings.builder().build()).loadFromString(part));
        switch (place) {
            case "the file" -> fragment.file.putAll(read);
            case "realms.NAME.auth.ticket" ->
                fragment.file.put(REALMS, Map.of("realm1", Map.of(AUTH, Map.of("ticket", read))));
            case "realms.NAME" -> fragment.file.put(REALMS, Map.of("realm1", read));
            case "listen[]" -> {
                Map<String, Object> listener = new LinkedHashMap<>(read);
                listener.putIfAbsent("port", 8443);
                fragment.file.put("listen", List.of(listener));
            }
            default -> throw new AssertionError("no fragment is part of '" + place + "'");
        }
        fragment.complete();
        return new Dump(DumpSettings.builder().build()).dumpToString(fragment.file);
    }

    private void complete() {
        map(file.getOrDefault(REALMS, Map.of()))
                .forEach((name, realm) -> realms.put(name, new LinkedHashMap<>(map(realm))));
        Set<String> named = new TreeSet<>();
        realms.values().forEach(realm -> collect(realm.get(AUTH), "realm", named));
        if (realms.isEmpty()) {
            named.add("realm1");
        }
        named.forEach(name -> realms.computeIfAbsent(name, missing -> new LinkedHashMap<>()));
        realms.values().forEach(ConfigurationFragment::completeRealm);
        file.put(REALMS, realms);
    }

    private static void completeRealm(Map<String, Object> realm) {
        if (!realm.containsKey(AUTH)) {
            Map<String, Object> users = new LinkedHashMap<>();
            map(realm.getOrDefault(ROLES, Map.of("user", Map.of())))
                    .keySet()
                    .forEach(role -> users.put("a-" + role, Map.of("ticket", SECRET, "role", role)));
            realm.put(AUTH, Map.of("ticket", Map.of("users", users)));
        }
        if (!realm.containsKey(ROLES)) {
            Set<String> granted = new TreeSet<>();
            collect(realm.get(AUTH), "role", granted);
            collect(realm.get(AUTH), "other_roles", granted);
            Map<String, Object> roles = new LinkedHashMap<>();
            (granted.isEmpty() ? Set.of("user") : granted).forEach(role -> roles.put(role, PERMISSIONS));
            realm.put(ROLES, roles);
        }
    }

    /** The texts under this key anywhere in a value. */
    private static void collect(Object value, String key, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                if (name.equals(key)) {
                    texts(inner).forEach(found::add);
                } else {
                    collect(inner, key, found);
                }
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> collect(inner, key, found));
        }
    }

    private static Stream<String> texts(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> result = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, inner) -> result.put(String.valueOf(key), inner));
        return result;
    }
}
