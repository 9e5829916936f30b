package io.junctor.router.config.auth;

import io.junctor.router.spi.Authorizer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The authorizer that decides about requests which the rules of a role leave undecided.
 *
 * @param source the authorizer
 * @param cache how long a decision is valid; zero if it is valid for one message only
 */
public record AuthorizerConfig(Source source, Duration cache) {
    /** The time for which a decision is valid if the configuration does not set it. */
    public static final Duration DEFAULT_CACHE = Duration.ofMinutes(1);

    /** The longest time for which a decision may be valid. */
    public static final Duration LONGEST_CACHE = Duration.ofHours(24);

    /** An authorizer that calls a procedure of the session's realm; its decisions are valid for a minute. */
    public static AuthorizerConfig procedure(String uri) {
        return new AuthorizerConfig(new Procedure(new Uri(uri), null), DEFAULT_CACHE);
    }

    /** An authorizer that is an object of the program; its decisions are valid for a minute. */
    public static AuthorizerConfig program(Authorizer authorizer) {
        return new AuthorizerConfig(new Program(authorizer), DEFAULT_CACHE);
    }

    /** The kind of the authorizer. */
    public sealed interface Source permits Procedure, Program {}

    /**
     * A WAMP procedure.
     *
     * @param uri the procedure
     * @param realm the realm in which it is registered, or null for the realm of the session
     */
    public record Procedure(Uri uri, @Nullable String realm) implements Source {}

    /**
     * An object of the program that embeds the router.
     *
     * @param authorizer the object
     */
    public record Program(Authorizer authorizer) implements Source {}
}
