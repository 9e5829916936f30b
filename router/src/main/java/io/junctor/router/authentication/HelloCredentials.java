package io.junctor.router.authentication;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the part of {@code HELLO} that authentication needs while a challenge is open. */
public final class HelloCredentials {
    /** The limit of each text, in characters: the router stores an authid with the session, counts failures by authid and logs it. */
    private static final int MAX_CHARACTERS = 1_000;

    /** The keys of {@code authextra} that the methods of the router read. */
    private static final List<String> KEYS = List.of("pubkey", "challenge", "channel_binding", "nonce");

    private HelloCredentials() {}

    /** The refusal if a text of the details or of the HTTP request is over its limit, or null. */
    public static @Nullable JoinRefused overLimit(HelloDetails details, RequestFields fields) {
        return Stream.concat(fields.headers().entrySet().stream(), fields.cookies().entrySet().stream())
                .filter(field -> field.getValue().length() > RequestFields.MAX_CHARACTERS)
                .findFirst()
                .map(field -> JoinRefused.of(
                        WampError.AUTHENTICATION_FAILED,
                        "'" + field.getKey() + "' of the HTTP request has "
                                + field.getValue().length() + " characters; the most are "
                                + RequestFields.MAX_CHARACTERS))
                .orElseGet(() -> overLimit(details));
    }

    private static @Nullable JoinRefused overLimit(HelloDetails details) {
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

    /** The part of {@code authextra} that the method reads; the whole dictionary if a procedure or a program authenticates the client. */
    public static Dict needed(Dict authextra, AuthSource source) {
        return switch (source) {
            case AuthSource.Procedure ignored -> authextra;
            case AuthSource.Program ignored -> authextra;
            case AuthSource.UsersFirst ignored -> authextra;
            case AuthSource.Users ignored -> needed(authextra);
            case AuthSource.Tokens ignored -> needed(authextra);
            case AuthSource.Holders ignored -> needed(authextra);
            case AuthSource.Accounts ignored -> needed(authextra);
        };
    }

    private static Dict needed(Dict authextra) {
        Dict.Builder needed = new Dict.Builder();
        for (String key : KEYS) {
            Object value = authextra.entries().get(key);
            // Only texts are kept: a value of another type is replaced by a marker, which the method refuses when it
            // reads the value.
            needed.put(key, value == null || value instanceof String ? value : (Object) true);
        }
        return needed.build();
    }
}
