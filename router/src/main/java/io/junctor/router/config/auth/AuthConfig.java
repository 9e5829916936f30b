package io.junctor.router.config.auth;

import io.junctor.router.spi.AuthMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the clients of a realm are authenticated.
 *
 * @param anonymousRole the role of sessions without credentials; null if they are refused, or if an authenticator of
 *     {@link AuthMethod#ANONYMOUS} in {@code offers} decides about them
 * @param loopbackRole the role of such sessions by a listener on a loopback address that has no proxy in front of it; null for the same
 *     role
 * @param offers the methods that have users or an authenticator, each once
 */
public record AuthConfig(
        @Nullable String anonymousRole, @Nullable String loopbackRole, List<AuthMethodConfig> offers) {

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
        if (loopbackRole != null && anonymousRole == null) {
            throw new IllegalArgumentException("the loopback role needs a role for all others");
        }
    }

    /** Sessions without credentials have the same role by each listener. */
    public AuthConfig(@Nullable String anonymousRole, List<AuthMethodConfig> offers) {
        this(anonymousRole, null, offers);
    }

    /** Without credentials only, or not at all. */
    public static AuthConfig anonymous(@Nullable String role) {
        return new AuthConfig(role, List.of());
    }

    /** The role of sessions without credentials, over a loopback listener or over another one; null if they are refused. */
    public @Nullable String anonymousRole(boolean isOnLoopback) {
        return isOnLoopback && loopbackRole != null ? loopbackRole : anonymousRole;
    }

    /** The roles that sessions without credentials may have. */
    public Stream<String> anonymousRoles() {
        return Stream.of(anonymousRole, loopbackRole).flatMap(Stream::ofNullable);
    }

    /** The same with one more method. */
    public AuthConfig with(AuthMethodConfig offer) {
        List<AuthMethodConfig> more = new ArrayList<>(offers);
        more.add(offer);
        return new AuthConfig(anonymousRole, loopbackRole, more);
    }
}
