package io.junctor.server.gateway.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.inprocess.ClientOrigin;
import io.junctor.router.spi.AuthMethod;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Digests;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The login that the sender of an HTTP request uses for a realm. Immutable. {@code toString} does not show the secret.
 *
 * @param methods the authentication methods that fit the request, in the order of preference
 * @param authid the name of the user, or null
 * @param secret the password or token, or null
 */
public record Login(
        List<String> methods,
        @Nullable String authid,
        @Nullable String secret) {
    /** The valid forms of {@code Authorization}, for the response to a client that sent another form. */
    public static final String EXPECTED =
            "Authorization must be 'Basic' with the base64 of authid:secret (RFC 7617), or 'Bearer' with a token (RFC"
                    + " 6750).";

    /** Copies the list. */
    public Login {
        methods = List.copyOf(methods);
    }

    /**
     * Parses the header field {@code Authorization}: {@code Basic} (RFC 7617) for {@code ticket} and {@code wampcra}, {@code Bearer} (RFC
     * 6750) for {@code jwt}. Without this field, uses the certificate or the account of the client, if there is one.
     *
     * @return null if the field has another form
     */
    public static @Nullable Login of(@Nullable String authorization, ClientOrigin origin) {
        if (authorization == null) {
            return withoutSecret(origin);
        }
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? authorization : authorization.substring(0, space);
        String rest = space < 0 ? "" : authorization.substring(space).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(rest);
            case "bearer" -> rest.isEmpty() ? null : new Login(List.of(AuthMethod.JWT.wire()), null, rest);
            default -> null;
        };
    }

    private static Login withoutSecret(ClientOrigin origin) {
        String anonymous = AuthMethod.ANONYMOUS.wire();
        if (origin.certificate() != null) {
            return new Login(List.of(AuthMethod.TLS.wire(), anonymous), null, null);
        }
        return origin.peerCredentials() == null
                ? new Login(List.of(anonymous), null, null)
                : new Login(List.of(AuthMethod.UNIX.wire(), anonymous), null, null);
    }

    private static @Nullable Login basic(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            int colon = text.indexOf(':');
            return colon < 1
                    ? null
                    : new Login(
                            List.of(AuthMethod.TICKET.wire(), AuthMethod.WAMPCRA.wire()),
                            text.substring(0, colon),
                            text.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException invalid) {
            return null;
        }
    }

    /** Returns whether the request contains a secret, which must not be sent unencrypted. */
    public boolean hasSecret() {
        return secret != null;
    }

    /** Returns the {@code HELLO} of this login. */
    ArrayNode hello(String realm) {
        ObjectNode details = WampJson.object();
        details.put("agent", "junctor-gateway");
        ObjectNode roles = details.putObject("roles");
        roles.putObject("caller").putObject("features").put("call_canceling", true);
        roles.putObject("publisher");
        roles.putObject("subscriber");
        if (methods.isEmpty()) { // A session of the router itself.
            roles.putObject("callee").putObject("features").put("call_canceling", true);
        }
        methods.forEach(details.putArray("authmethods")::add);
        if (authid != null) {
            details.put("authid", authid);
        }
        return WampJson.array().add(1).add(realm).add(details);
    }

    /** Returns the {@code AUTHENTICATE} that answers a challenge. May derive a key, which takes time. */
    ArrayNode authenticate(Challenge challenge) {
        String known = Objects.requireNonNullElse(secret, "");
        String signature = challenge.method().equals(AuthMethod.WAMPCRA.wire())
                ? Cra.sign(
                        craKey(known, challenge.extra()),
                        String.valueOf(challenge.extra().text("challenge")))
                : known;
        return WampJson.array().add(5).add(signature).add(WampJson.object());
    }

    private static String craKey(String secret, Dict extra) {
        String salt = extra.text("salt");
        if (salt == null || salt.isEmpty() || secret.isEmpty()) {
            return secret;
        }
        Long iterations = extra.integer("iterations", 1);
        Long keyBytes = extra.integer("keylen", 1);
        return Cra.derivedKey(
                secret,
                salt,
                iterations == null ? Cra.DEFAULT_ITERATIONS : Math.toIntExact(iterations),
                keyBytes == null ? Cra.DEFAULT_KEY_BYTES : Math.toIntExact(keyBytes));
    }

    /** Returns the same login with a digest instead of the secret, for comparisons. */
    Login digest() {
        if (secret == null) {
            return this;
        }
        byte[] hash = Digests.sha256(secret.getBytes(StandardCharsets.UTF_8));
        return new Login(methods, authid, HexFormat.of().formatHex(hash));
    }

    @Override
    public String toString() {
        return "Login[" + methods + ", " + authid + "]";
    }
}
