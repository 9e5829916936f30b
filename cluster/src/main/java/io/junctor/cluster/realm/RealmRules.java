package io.junctor.cluster.realm;

import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a realm's rules, one for each part, by which routers compare the rules. Users, secrets and limits have no hash, because they
 * may differ between routers.
 *
 * @param realm the realm
 * @param hashByPart the hash of each part, such as {@code roles.guest}
 */
record RealmRules(String realm, SortedMap<String, String> hashByPart) {
    static RealmRules of(RealmConfig config) {
        SortedMap<String, String> hashes = new TreeMap<>();
        hashes.put("uris", TextHash.token(config.uris().name()));
        hashes.put("request_ids", TextHash.token(config.requestIds().name()));
        hashes.put(
                "empty_eligible",
                TextHash.token(config.features().emptyEligible().name()));
        hashes.put("features", hash(config.features().off().stream().map(Enum::name)));
        hashes.put("history", hash(config.features().history().stream().map(String::valueOf)));
        hashes.put("cluster", TextHash.token(config.sharing().toString()));
        config.roles().forEach((name, role) -> hashes.put("roles." + name, hash(texts(role))));
        return new RealmRules(config.name(), hashes);
    }

    /** The parts that differ, or that only one of the two has. */
    List<String> differences(RealmRules other) {
        TreeSet<String> parts = new TreeSet<>(hashByPart.keySet());
        parts.addAll(other.hashByPart.keySet());
        return parts.stream()
                .filter(part -> !hashByPart.getOrDefault(part, "").equals(other.hashByPart.getOrDefault(part, "")))
                .toList();
    }

    private static Stream<String> texts(RoleConfig role) {
        return Stream.concat(
                role.rules().stream().map(RealmRules::text),
                Stream.of("transports " + role.seesTransports(), "authorizer " + text(role.authorizer())));
    }

    /** Describes an authorizer. The decisions of a program cannot be compared. */
    private static String text(@Nullable AuthorizerConfig authorizer) {
        if (authorizer == null) {
            return "none";
        }
        return switch (authorizer.source()) {
            case AuthorizerConfig.Procedure procedure -> procedure + " " + authorizer.cache();
            case AuthorizerConfig.Program program -> "program " + authorizer.cache();
        };
    }

    private static String text(Rule rule) {
        return rule.match().wire() + " " + rule.uri().text() + " " + new TreeSet<>(rule.actions()) + " "
                + rule.effect();
    }

    /** The hash of the texts, independent of their order. */
    private static String hash(Stream<String> texts) {
        return TextHash.token(texts.sorted().collect(Collectors.joining("\n")));
    }
}
