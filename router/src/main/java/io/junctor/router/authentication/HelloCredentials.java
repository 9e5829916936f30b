package io.junctor.router.authentication;

import io.junctor.router.config.AuthSource;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code HELLO} says of who the client is, as far as it is kept while a challenge is open. */
public final class HelloCredentials {
    /** The most characters of a text; an authid is kept with the session, counted by and logged. */
    private static final int MAX_CHARACTERS = 1_000;

    /** What the methods of the router read in {@code authextra}. */
    private static final List<String> KEYS = List.of("pubkey", "challenge", "channel_binding", "nonce");

    private HelloCredentials() {}

    /** Why the details are refused as they hold too long a text, or null. */
    public static @Nullable JoinRefused overLimit(HelloDetails details) {
        JoinRefused authid = overLimit("authid", details.authid());
        JoinRefused role = authid == null ? overLimit("authrole", details.authrole()) : authid;
        for (String key : KEYS) {
            role = role == null ? overLimit(key, details.authextra().entries().get(key)) : role;
        }
        return role;
    }

    private static @Nullable JoinRefused overLimit(String name, @Nullable Object value) {
        return value instanceof String text && text.length() > MAX_CHARACTERS
                ? JoinRefused.of(
                        WampError.AUTHENTICATION_FAILED,
                        "'" + name + "' of HELLO has " + text.length() + " characters; the most are " + MAX_CHARACTERS)
                : null;
    }

    /** The part of {@code authextra} that is read; all of it only where something outside of the router reads it. */
    public static Dict needed(Dict authextra, AuthSource source) {
        return switch (source) {
            case AuthSource.Procedure ignored -> authextra;
            case AuthSource.Program ignored -> authextra;
            case AuthSource.Users ignored -> needed(authextra);
            case AuthSource.Tokens ignored -> needed(authextra);
            case AuthSource.Holders ignored -> needed(authextra);
        };
    }

    private static Dict needed(Dict authextra) {
        Dict.Builder needed = new Dict.Builder();
        for (String key : KEYS) {
            Object value = authextra.entries().get(key);
            // Whatever is no text is refused where it is read, and need not be kept for that.
            needed.put(key, value == null || value instanceof String ? value : (Object) true);
        }
        return needed.build();
    }
}
