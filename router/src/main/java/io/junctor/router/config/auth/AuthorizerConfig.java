package io.junctor.router.config.auth;

import io.junctor.router.spi.Authorizer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The authorizer that decides where the rules of a role do not.
 *
 * @param source the authorizer
 * @param cache how long a decision holds, zero for once
 */
public record AuthorizerConfig(Source source, Duration cache) {
    /** How long a decision holds where nothing else is said. */
    public static final Duration DEFAULT_CACHE = Duration.ofMinutes(1);

    /** How long a decision may hold at most. */
    public static final Duration LONGEST_CACHE = Duration.ofHours(24);

    /** A procedure of the realm itself, whose decisions hold for a minute. */
    public static AuthorizerConfig procedure(String uri) {
        return new AuthorizerConfig(new Procedure(new Uri(uri), null), DEFAULT_CACHE);
    }

    /** An object of the program, whose decisions hold for a minute. */
    public static AuthorizerConfig program(Authorizer authorizer) {
        return new AuthorizerConfig(new Program(authorizer), DEFAULT_CACHE);
    }

    /** The authorizer itself. */
    public sealed interface Source permits Procedure, Program {}

    /**
     * A WAMP procedure.
     *
     * @param uri the procedure
     * @param realm the realm that it is registered in, or null for the one of the session
     */
    public record Procedure(Uri uri, @Nullable String realm) implements Source {}

    /**
     * An object of the program that embeds the router.
     *
     * @param authorizer the object
     */
    public record Program(Authorizer authorizer) implements Source {}
}
