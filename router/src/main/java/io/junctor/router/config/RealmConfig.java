package io.junctor.router.config;

import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one realm.
 *
 * @param name the realm's URI
 * @param uris the rules that its URIs must follow
 * @param requestIds how request ids of clients are checked
 * @param auth how clients are authenticated
 * @param roles the roles by name
 * @param limits the limits of each session, and of the events that the realm keeps
 * @param features the features of the Advanced Profile that it offers
 * @param links how it is connected with other routers and with HTTP services
 */
public record RealmConfig(
        String name,
        UriRules uris,
        RequestIdCheck requestIds,
        AuthConfig auth,
        Map<String, RoleConfig> roles,
        RealmLimits limits,
        RealmFeatures features,
        RealmLinks links) {

    /** Copies the map. */
    public RealmConfig {
        roles = Map.copyOf(roles);
        if (!UriRules.LOOSE.isUri(new Uri(name))) {
            throw new IllegalArgumentException("realm name is not a URI");
        }
        for (String role : auth.anonymousRoles().toList()) {
            if (!roles.containsKey(role)) {
                throw new IllegalArgumentException("realm " + name + " has no role " + role);
            }
        }
    }

    /** The settings for sharing the realm with other routers of a cluster. */
    public RealmSharing sharing() {
        return links.sharing();
    }

    /** The HTTP services that the router calls in this realm: receivers of webhooks, and services that answer procedures. */
    public RealmServices services() {
        return links.services();
    }

    /** The role of sessions without credentials, or null if such sessions are refused. */
    public @Nullable String anonymousRole() {
        return auth.anonymousRole();
    }

    /** Whether the realm has a role whose sessions can see the transports of other sessions. */
    public boolean showsTransports() {
        return roles.values().stream().anyMatch(RoleConfig::seesTransports);
    }

    /** Whether the realm has a role whose sessions can see the client libraries of other sessions. */
    public boolean showsAgents() {
        return showsTransports()
                || roles.values().stream()
                        .flatMap(role -> role.rules().stream())
                        .anyMatch(rule -> rule.uri().text().startsWith("junctor."));
    }

    /** Whether receivers get trust levels for {@code action}: only if a rule for this action has a trust level above the lowest. */
    public boolean hasTrustLevels(Action action) {
        return roles.values().stream()
                .flatMap(role -> role.rules().stream())
                .anyMatch(rule -> rule.effect() instanceof RuleEffect.Allow allow
                        && allow.trustLevel() > 0
                        && rule.actions().contains(action));
    }

    /**
     * A realm whose clients need no credentials and have the role {@code anonymous}, which may do everything except call the procedures of
     * the router that change other sessions.
     */
    public static RealmConfig open(String name) {
        return builder(name)
                .auth(AuthConfig.anonymous("anonymous"))
                .role("anonymous", RoleConfig.everything())
                .build();
    }

    /** Starts a realm with all defaults: no roles and no authentication methods. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Starts a realm with the settings of this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(name)
                .uris(uris)
                .requestIds(requestIds)
                .auth(auth)
                .limits(limits)
                .features(features)
                .sharing(links.sharing())
                .services(links.services());
        roles.forEach(builder::role);
        return builder;
    }

    /** This realm with its limits reduced so that they fit into a heap of {@code heapBytes}. */
    public RealmConfig within(long heapBytes) {
        return toBuilder()
                .limits(limits.within(heapBytes))
                .features(features.within(heapBytes))
                .build();
    }

    /** Builds a {@link RealmConfig}. For one thread. */
    public static final class Builder {
        private final Map<String, RoleConfig> roles = new HashMap<>();
        private String name;
        private UriRules uris = UriRules.LOOSE;
        private RequestIdCheck requestIds = RequestIdCheck.LENIENT;
        private AuthConfig auth = AuthConfig.anonymous(null);
        private RealmLimits limits = RealmLimits.DEFAULT;
        private RealmFeatures features = RealmFeatures.DEFAULT;
        private RealmLinks links = RealmLinks.DEFAULT;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the realm's URI. */
        public Builder name(String uri) {
            name = uri;
            return this;
        }

        /** Sets the rules for URIs; loose by default. */
        public Builder uris(UriRules rules) {
            uris = rules;
            return this;
        }

        /** Sets the check of request ids; lenient by default. */
        public Builder requestIds(RequestIdCheck check) {
            requestIds = check;
            return this;
        }

        /** Sets the authentication methods; none by default. */
        public Builder auth(AuthConfig methods) {
            auth = methods;
            return this;
        }

        /** Adds a role, or replaces the one of this name. */
        public Builder role(String role, RoleConfig config) {
            roles.put(role, config);
            return this;
        }

        /** Sets the limits. */
        public Builder limits(RealmLimits others) {
            limits = others;
            return this;
        }

        /** Sets the features of the Advanced Profile. */
        public Builder features(RealmFeatures others) {
            features = others;
            return this;
        }

        /** Sets how the realm is shared with other routers; shared with all routers of the cluster by default. */
        public Builder sharing(RealmSharing how) {
            links = new RealmLinks(how, links.services());
            return this;
        }

        /** Sets the HTTP services that the router calls in this realm; none by default. */
        public Builder services(RealmServices others) {
            links = new RealmLinks(links.sharing(), others);
            return this;
        }

        /** Builds the realm. */
        public RealmConfig build() {
            return new RealmConfig(name, uris, requestIds, auth, roles, limits, features, links);
        }
    }
}
