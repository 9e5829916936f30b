package io.junctor.server.yaml;

import io.junctor.router.authentication.ListenerRestriction;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.AuthMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The keys that restrict which sessions may be opened through a listener or a path. */
final class JoinKeys {
    private static final Key<List<String>> REALMS = Key.optional(
            "realms",
            new ListType<>(
                    RealmNames.realm((config, name) ->
                            config.all().anyMatch(realm -> realm.name().equals(name))),
                    "a list of realms such as [realm1]",
                    1));
    private static final Key<List<String>> AUTHMETHODS = Key.optional(
            "authmethods", new ListType<>(new EnumType<>(methods()), "a list of methods such as [ticket, wampcra]", 1));
    private static final Key<List<String>> ROLES = Key.optional(
            "roles",
            new ListType<>(
                    ScalarType.nonBlank("the name of a role")
                            .onRead((node, role) ->
                                    node.document().addConfigCheck(config -> checkRole(role, config, node))),
                    "a list of roles such as [user]",
                    1));

    static final List<Key<?>> KEYS = List.of(REALMS, AUTHMETHODS, ROLES);

    static final Section<JoinRestriction> SECTION = Section.of(
            "a map such as { realms: [realm1], authmethods: [ticket] }",
            KEYS,
            values -> read(values, JoinRestriction.NONE));

    private JoinKeys() {}

    private static Map<String, String> methods() {
        Map<String, String> methods = new LinkedHashMap<>();
        ListenerRestriction.methodNames().forEach(name -> methods.put(name, name));
        return methods;
    }

    /** The restriction of a section; what it leaves out is that of {@code outer}. */
    static JoinRestriction read(SectionValues values, JoinRestriction outer) {
        return within(new JoinRestriction(set(values, REALMS), set(values, AUTHMETHODS), set(values, ROLES)), outer);
    }

    /** The restriction {@code inner}; what it leaves open is that of {@code outer}. */
    static JoinRestriction within(JoinRestriction inner, JoinRestriction outer) {
        return new JoinRestriction(
                inner.realms().isEmpty() ? outer.realms() : inner.realms(),
                inner.authmethods().isEmpty() ? outer.authmethods() : inner.authmethods(),
                inner.roles().isEmpty() ? outer.roles() : inner.roles());
    }

    private static Set<String> set(SectionValues values, Key<List<String>> key) {
        return Set.copyOf(Objects.requireNonNullElse(values.find(key), List.of()));
    }

    static void checkRole(String role, RouterConfig config, YamlNode node) {
        List<String> names = config.all()
                .flatMap(realm -> realm.roles().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        if (!names.contains(role)) {
            node.unknownName("no realm has this role; there are", role, names);
        }
    }

    /** Warns about realms, roles and methods that no listener admits. */
    static void warn(YamlNode realms, RouterConfig config) {
        Map<String, YamlNode> nodes = realms.entries("a map");
        if (config.listeners().isEmpty() || nodes == null) {
            return;
        }
        List<JoinRestriction> joins =
                config.listeners().stream().flatMap(JoinKeys::restrictions).toList();
        nodes.forEach((name, node) -> {
            List<JoinRestriction> admitting = joins.stream()
                    .filter(restriction -> restriction.allowsRealm(name))
                    .toList();
            config.all().filter(realm -> realm.name().equals(name)).forEach(realm -> warn(node, realm, admitting));
        });
    }

    private static Stream<JoinRestriction> restrictions(ListenerConfig listener) {
        Stream<JoinRestriction> paths = listener.http().websockets().stream().map(listener::joins);
        boolean withoutPath = listener.protocols().accepts(ListenerProtocol.RAWSOCKET)
                || listener.http().gateway() != null;
        return withoutPath ? Stream.concat(paths, Stream.of(listener.joins())) : paths;
    }

    private static void warn(YamlNode node, RealmConfig realm, List<JoinRestriction> joins) {
        if (joins.isEmpty()) {
            node.warnAtKey("no listener admits sessions of the realm '" + realm.name() + "'");
            return;
        }
        realm.roles().keySet().stream()
                .filter(role -> joins.stream().noneMatch(restriction -> restriction.allowsRole(role)))
                .sorted()
                .forEach(role -> node.warnAtKey("no listener admits sessions of the role '" + role + "'"));
        Stream<String> methods = Stream.concat(
                Stream.ofNullable(realm.anonymousRole()).map(role -> AuthMethod.ANONYMOUS.wire()),
                realm.auth().offers().stream().map(offer -> offer.method().wire()));
        if (methods.noneMatch(method -> joins.stream().anyMatch(restriction -> restriction.allowsMethod(method)))) {
            node.warnAtKey("no listener admits an authentication method of this realm");
        }
    }
}
