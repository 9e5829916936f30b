package io.junctor.router.config.auth;

import io.junctor.router.spi.AuthMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The authentication methods of a realm and the roles of its sessions without credentials.
 *
 * @param anonymousRole the role of sessions without credentials; null if they are refused, or if an authenticator of
 *     {@link AuthMethod#ANONYMOUS} in {@code offers} decides about them
 * @param loopbackRole the role of sessions without credentials that use a listener on a loopback address without a proxy; null for
 *     {@code anonymousRole}
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

    /** Creates a configuration in which sessions without credentials have the same role on each listener. */
    public AuthConfig(@Nullable String anonymousRole, List<AuthMethodConfig> offers) {
        this(anonymousRole, null, offers);
    }

    /** Admits only sessions without credentials, or no sessions if {@code role} is null. */
    public static AuthConfig anonymous(@Nullable String role) {
        return new AuthConfig(role, List.of());
    }

    /** The role of sessions without credentials, on a loopback listener or on another listener; null if they are refused. */
    public @Nullable String anonymousRole(boolean isOnLoopback) {
        return isOnLoopback && loopbackRole != null ? loopbackRole : anonymousRole;
    }

    /** The roles that sessions without credentials may have. */
    public Stream<String> anonymousRoles() {
        return Stream.of(anonymousRole, loopbackRole).flatMap(Stream::ofNullable);
    }

    /** A copy with one more method. */
    public AuthConfig with(AuthMethodConfig offer) {
        List<AuthMethodConfig> more = new ArrayList<>(offers);
        more.add(offer);
        return new AuthConfig(anonymousRole, loopbackRole, more);
    }
}
