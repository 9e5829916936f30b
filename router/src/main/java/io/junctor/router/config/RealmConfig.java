package io.junctor.router.config;

import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. One realm.
 *
 * @param name the realm's URI
 * @param uris the rules its URIs keep
 * @param requestIds how request ids of clients are checked
 * @param auth how clients say who they are
 * @param roles the roles by name
 * @param limits what holds per session, and how much the realm keeps
 * @param features what it does of the Advanced Profile
 */
public record RealmConfig(
        String name,
        UriRules uris,
        RequestIdCheck requestIds,
        AuthConfig auth,
        Map<String, RoleConfig> roles,
        RealmLimits limits,
        RealmFeatures features) {

    /** Copies the map. */
    public RealmConfig {
        roles = Map.copyOf(roles);
        if (!UriRules.LOOSE.isUri(new Uri(name))) {
            throw new IllegalArgumentException("realm name is not a URI");
        }
        String anonymousRole = auth.anonymousRole();
        if (anonymousRole != null && !roles.containsKey(anonymousRole)) {
            throw new IllegalArgumentException("realm " + name + " has no role " + anonymousRole);
        }
    }

    /** The role of sessions without credentials, or null where they are refused. */
    public @Nullable String anonymousRole() {
        return auth.anonymousRole();
    }

    /** This realm with other ways to say who a client is. */
    public RealmConfig with(AuthConfig others) {
        return new RealmConfig(name, uris, requestIds, others, roles, limits, features);
    }

    /** Whether receivers are told trust levels for {@code action}: where a rule about it has one above the lowest. */
    public boolean hasTrustLevels(Action action) {
        return roles.values().stream()
                .flatMap(role -> role.rules().stream())
                .anyMatch(rule -> rule.effect() instanceof Effect.Allow allow
                        && allow.trustLevel() > 0
                        && rule.actions().contains(action));
    }

    /** A realm in which everybody may do everything but use {@code wamp.} procedures that change others. */
    public static RealmConfig open(String name) {
        return new RealmConfig(
                name,
                UriRules.LOOSE,
                RequestIdCheck.LENIENT,
                AuthConfig.anonymous("anonymous"),
                Map.of("anonymous", RoleConfig.everything()),
                RealmLimits.DEFAULT,
                RealmFeatures.DEFAULT);
    }

    /** This realm with another name. */
    public RealmConfig called(String other) {
        return new RealmConfig(other, uris, requestIds, auth, roles, limits, features);
    }

    /** This realm with other rules for URIs. */
    public RealmConfig with(UriRules rules) {
        return new RealmConfig(name, rules, requestIds, auth, roles, limits, features);
    }

    /** This realm with another check of request ids. */
    public RealmConfig with(RequestIdCheck check) {
        return new RealmConfig(name, uris, check, auth, roles, limits, features);
    }

    /** This realm with other rules for one of its roles. */
    public RealmConfig with(String role, RoleConfig config) {
        Map<String, RoleConfig> others = new HashMap<>(roles);
        others.put(role, config);
        return new RealmConfig(name, uris, requestIds, auth, others, limits, features);
    }

    /** This realm with other limits. */
    public RealmConfig with(RealmLimits others) {
        return new RealmConfig(name, uris, requestIds, auth, roles, others, features);
    }

    /** This realm, with limits that fit into a heap. */
    public RealmConfig within(long heapBytes) {
        return with(limits.within(heapBytes)).with(features.within(heapBytes));
    }

    /** This realm with other features. */
    public RealmConfig with(RealmFeatures others) {
        return new RealmConfig(name, uris, requestIds, auth, roles, limits, others);
    }
}
