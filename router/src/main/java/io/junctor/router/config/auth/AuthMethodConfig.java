package io.junctor.router.config.auth;

import io.junctor.router.spi.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * An authentication method that a realm offers.
 *
 * @param method the method
 * @param source the source of its users
 * @param overPlain for a method that sends the secret itself: whether it is also offered to clients on other machines without encryption
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

    /** Creates a method that is not offered over unencrypted connections and has no router key. */
    public static AuthMethodConfig of(AuthMethod method, AuthSource source) {
        return new AuthMethodConfig(method, source, false, null);
    }

    @Override
    public String toString() {
        return "Offer[" + method.wire() + ", " + source.provider() + "]";
    }
}
