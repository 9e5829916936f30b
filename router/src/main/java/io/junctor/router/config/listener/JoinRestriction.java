package io.junctor.router.config.listener;

import java.util.List;
import java.util.Set;

/**
 * Restricts which sessions may be opened through a listener or a path. An empty set restricts nothing.
 *
 * @param realms names of realms and realm templates that clients may join
 * @param authmethods authentication methods that clients may use, {@code anonymous} among them
 * @param roles roles that sessions may have
 */
public record JoinRestriction(Set<String> realms, Set<String> authmethods, Set<String> roles) {
    /** Restricts nothing. */
    public static final JoinRestriction NONE = new JoinRestriction(Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public JoinRestriction {
        realms = Set.copyOf(realms);
        authmethods = Set.copyOf(authmethods);
        roles = Set.copyOf(roles);
    }

    /** This restriction of a path, completed by the sets of {@code listener} for its own empty sets. */
    public JoinRestriction within(JoinRestriction listener) {
        return new JoinRestriction(
                realms.isEmpty() ? listener.realms : realms,
                authmethods.isEmpty() ? listener.authmethods : authmethods,
                roles.isEmpty() ? listener.roles : roles);
    }

    /** Whether clients may join a realm; {@code family} is its name in the configuration. */
    public boolean allowsRealm(String family) {
        return realms.isEmpty() || realms.contains(family);
    }

    /** Selects, from the configured names {@code families}, the realms that clients may join, in the same order. */
    public List<String> allowedRealms(List<String> families) {
        return families.stream().filter(this::allowsRealm).toList();
    }

    /** Whether clients may use an authentication method. */
    public boolean allowsMethod(String authmethod) {
        return authmethods.isEmpty() || authmethods.contains(authmethod);
    }

    /** Whether sessions may have a role. */
    public boolean allowsRole(String role) {
        return roles.isEmpty() || roles.contains(role);
    }
}
