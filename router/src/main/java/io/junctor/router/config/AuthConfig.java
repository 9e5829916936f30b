package io.junctor.router.config;

import io.junctor.router.spi.AuthMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the clients of a realm are authenticated.
 *
 * @param anonymousRole the role of sessions without credentials; null if they are refused, or if an authenticator of
 *     {@link AuthMethod#ANONYMOUS} in {@code offers} decides about them
 * @param offers the methods that have users or an authenticator, each once
 */
public record AuthConfig(@Nullable String anonymousRole, List<AuthMethodConfig> offers) {

    /** Copies the list. */
    public AuthConfig {
        offers = List.copyOf(offers);
        List<AuthMethod> methods = offers.stream().map(AuthMethodConfig::method).toList();
        if (methods.stream().distinct().count() != methods.size()) {
            throw new IllegalArgumentException("a method is offered twice");
        }
        if (anonymousRole != null && methods.contains(AuthMethod.ANONYMOUS)) {
            throw new IllegalArgumentException("anonymous has a role and an authenticator");
        }
    }

    /** Without credentials only, or not at all. */
    public static AuthConfig anonymous(@Nullable String role) {
        return new AuthConfig(role, List.of());
    }

    /** The same with one more method. */
    public AuthConfig with(AuthMethodConfig offer) {
        List<AuthMethodConfig> more = new ArrayList<>(offers);
        more.add(offer);
        return new AuthConfig(anonymousRole, more);
    }
}
