package io.junctor.router.config.auth;

import io.junctor.router.spi.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * A method that a realm offers.
 *
 * @param method the method
 * @param source where it finds the clients it knows
 * @param overPlain whether it is also offered to clients that are on another machine and not encrypted, where the method sends the
 *     secret itself
 * @param routerKey for {@code cryptosign}: the router's own private key as 64 hexadecimal digits, or null
 */
public record AuthMethodConfig(
        AuthMethod method,
        AuthSource source,
        boolean overPlain,
        @Nullable String routerKey) {
    /** Checks that {@code anonymous} has an authenticator. */
    public AuthMethodConfig {
        boolean isAuthenticator = source instanceof AuthSource.Procedure || source instanceof AuthSource.Program;
        if (method == AuthMethod.ANONYMOUS && !isAuthenticator) {
            throw new IllegalArgumentException("anonymous has no users: it needs an authenticator");
        }
    }

    /** A method with nothing special. */
    public static AuthMethodConfig of(AuthMethod method, AuthSource source) {
        return new AuthMethodConfig(method, source, false, null);
    }

    @Override
    public String toString() {
        return "Offer[" + method.wire() + ", " + source.provider() + "]";
    }
}
