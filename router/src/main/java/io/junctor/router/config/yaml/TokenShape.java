package io.junctor.router.config.yaml;

import io.junctor.router.auth.Method;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Source;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.MethodShape.Offered;
import io.junctor.router.config.yaml.Placing.Placed;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clients that send a signed token. */
final class TokenShape {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Spare<Placed<String>> KEYS = new Spare<>("keys", new Placing<>(new SecretText()));
    private static final Spare<String> URL =
            new Spare<>("url", new Text("an https URL, or an http one of this machine", TokenShape::isSafe));
    private static final Needed<String> ISSUER = new Needed<>("issuer", new Text("text", text -> !text.isBlank()));
    private static final Needed<String> AUDIENCE = new Needed<>("audience", new Text("text", text -> !text.isBlank()));
    private static final Text CLAIM = new Text("the name of a claim", name -> !name.isBlank());
    private static final Defaulted<String> AUTHID_CLAIM = new Defaulted<>("authid_claim", CLAIM, "sub");
    private static final Defaulted<String> ROLE_CLAIM = new Defaulted<>("role_claim", CLAIM, "role");
    private static final Spare<Placed<String>> ROLE =
            new Spare<>("role", new Placing<>(new Text("the name of a role", name -> !name.isBlank())));

    static final Shape<Offered> SHAPE = Shape.of(
            "a map such as { keys: \"file:keys.json\", issuer: \"https://login.example.org\", audience: shop }",
            List.of(KEYS, URL, ISSUER, AUDIENCE, AUTHID_CLAIM, ROLE_CLAIM, ROLE, MethodShape.UNENCRYPTED),
            TokenShape::bind);

    private TokenShape() {}

    private static @Nullable Offered bind(Section section) {
        if (section.has(KEYS) == section.has(URL)) {
            section.reject("needs one of the keys 'keys' and 'url', and not both");
        }
        String keys = keys(section.get(KEYS));
        String url = section.get(URL);
        String issuer = section.get(ISSUER);
        String audience = section.get(AUDIENCE);
        Placed<String> role = section.get(ROLE);
        boolean unencrypted = section.get(MethodShape.UNENCRYPTED);
        if (issuer == null || audience == null || (keys == null) == (url == null)) {
            return null;
        }
        Source.Tokens tokens = new Source.Tokens(
                keys,
                url,
                issuer,
                audience,
                section.get(AUTHID_CLAIM),
                section.get(ROLE_CLAIM),
                role == null ? null : role.it());
        return new Offered(new Offer(Method.JWT, tokens, unencrypted, null), role == null ? List.of() : List.of(role));
    }

    private static @Nullable String keys(@Nullable Placed<String> keys) {
        if (keys != null && !Source.Tokens.isKeySet(keys.it())) {
            keys.place().reject("'keys' must be a JSON Web Key Set with at least one key");
            return null;
        }
        return keys == null ? null : keys.it();
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
