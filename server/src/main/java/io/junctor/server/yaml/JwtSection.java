package io.junctor.server.yaml;

import io.junctor.router.authentication.method.JwtFlow;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.spi.AuthMethod;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The method {@code jwt}. */
final class JwtSection {
    static final Key<Boolean> UNENCRYPTED = Key.withDefault(
            "unencrypted",
            new EnumType<>(new TreeMap<>(Map.of("refuse", false, "allow", true)).descendingMap()),
            false);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Key<String> KEYS = Key.optional(
            "keys",
            new SecretType<>(
                    "a JSON Web Key Set with at least one key, without keys of low order",
                    text -> JwtFlow.isKeySet(text) ? text : null));
    private static final Key<String> URL = Key.optional(
            "url", ScalarType.matching("an https URL, or an http URL of this machine", JwtSection::isSafe));
    private static final ScalarType<String> CLAIM = ScalarType.nonBlank("the name of a claim");

    static final Section<AuthMethodConfig> SECTION = Section.of(
                    "a map such as { keys: \"file:keys.json\", issuer: \"https://login.example.org\", audience: shop }",
                    List.of(
                            KEYS,
                            URL,
                            Key.required("issuer", ScalarType.nonBlank("text")),
                            Key.required("audience", ScalarType.nonBlank("text")),
                            Key.withDefault("authid_claim", CLAIM, "sub"),
                            Key.withDefault("role_claim", CLAIM, "role"),
                            Key.optional("role", RealmNames.ROLE),
                            UNENCRYPTED),
                    JwtSection::build)
            .checkedBy(values -> values.requireOneOf(KEYS, URL));

    private JwtSection() {}

    private static AuthMethodConfig build(SectionValues values) {
        AuthSource.Tokens tokens = RecordSection.build(AuthSource.Tokens.class, values);
        return new AuthMethodConfig(AuthMethod.JWT, tokens, values.get(UNENCRYPTED), null);
    }

    private static boolean isSafe(String text) {
        try {
            URI uri = URI.create(text);
            boolean local = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            return uri.getHost() != null && (local || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
