package io.junctor.router.authorization;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a session may do in its realm: by the rules for URIs, by the permissions of its role, and by its
 * authorizer.
 */
public final class SessionPermissions {
    /** The verdict on a request that a rule or an authorizer denies. */
    public static final Verdict.Refused DENIED = new Verdict.Refused(
            Refusal.of(WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it"));

    /** The verdict on a request about which the authorizer did not decide in time, or failed. */
    static final Verdict.Refused FAILED = new Verdict.Refused(
            Refusal.of(WampError.AUTHORIZATION_FAILED, "the authorizer did not decide in time, or failed"));

    private static final Verdict.Refused RESERVED = new Verdict.Refused(
            Refusal.of(WampError.INVALID_URI, "URIs that begin with wamp. or junctor. are reserved for the router"));

    private final String realm;
    private final UriCheck uris;
    private final Permissions permissions;
    private final boolean asks;
    private final @Nullable FeatureGate features;
    private final Set<Action> withTrustLevel;
    private final Set<Action> neverDisclosed;
    private final AuthorizerDecisions decisions;

    /** The permissions of all sessions of a role in the realm of {@code config}. */
    public SessionPermissions(RealmConfig config, Permissions permissions) {
        this.realm = config.name();
        this.uris = new UriCheck(config);
        this.permissions = permissions;
        this.asks = permissions.asks();
        this.features = FeatureGate.of(config.features());
        this.decisions = AuthorizerDecisions.NOTHING;
        this.withTrustLevel = EnumSet.noneOf(Action.class);
        this.neverDisclosed = EnumSet.noneOf(Action.class);
        if (!config.features().has(Feature.PUBLISHER_IDENTIFICATION)) {
            neverDisclosed.add(Action.PUBLISH);
        }
        if (!config.features().has(Feature.CALLER_IDENTIFICATION)) {
            neverDisclosed.addAll(Set.of(Action.CALL, Action.REGISTER));
        }
        for (Action action : Action.values()) {
            if (config.hasTrustLevels(action)) {
                withTrustLevel.add(action);
            }
        }
    }

    /** No permissions at all, in the realm of {@code config}. */
    public static SessionPermissions none(RealmConfig config) {
        return new SessionPermissions(config, new Permissions(new RoleConfig(List.of())));
    }

    private SessionPermissions(SessionPermissions others, Permissions permissions, AuthorizerDecisions decisions) {
        this.realm = others.realm;
        this.uris = others.uris;
        this.permissions = permissions;
        this.asks = permissions.asks();
        this.features = others.features;
        this.withTrustLevel = others.withTrustLevel;
        this.neverDisclosed = others.neverDisclosed;
        this.decisions = decisions;
    }

    /**
     * The permissions of one session of the role: rules may contain its authid or authrole, and an authorizer may
     * decide about it.
     */
    public SessionPermissions of(Identity identity, AuthorizerDecisions decisions) {
        Permissions own = permissions.of(identity);
        return own == permissions && !asks ? this : new SessionPermissions(this, own, decisions);
    }

    /** The name of the realm. */
    public String realm() {
        return realm;
    }

    /** True if an authorizer decides about requests to which no rule applies. */
    public boolean asks() {
        return asks;
    }

    /** Refuses messages that use a feature which the realm has switched off; null if all features are on. */
    @Nullable
    FeatureGate features() {
        return features;
    }

    /** The reason to refuse a publication whose {@code options} use a feature that the realm has switched off, or null. */
    public @Nullable Refusal refusal(PublishMessageOptions options) {
        return features == null ? null : features.refusal(options);
    }

    /** Checks URIs by the limits and rules of the realm. */
    public UriCheck uris() {
        return uris;
    }

    /** True if {@code uri} is a valid URI or pattern for the policy {@code match}. */
    public boolean isPattern(Uri uri, MatchPolicy match) {
        return uris.refusal(uri, match) == null;
    }

    /**
     * Decides by the rules; if they leave the request to the authorizer, by the authorizer's last decision. Does not ask the authorizer.
     */
    public Verdict.Decision judge(PermissionQuery query) {
        return switch (judgeByRules(query)) {
            case Verdict.Undecided undecided -> decisions.last(query);
            case Verdict.Decision decision -> decision;
        };
    }

    /** True if {@link #judge} allows it. */
    public boolean mayNow(PermissionQuery query) {
        return judge(query).refusal() == null;
    }

    /** Decides by the rules; returns {@link Verdict.Undecided} if they leave the request to the authorizer. */
    public Verdict judgeByRules(PermissionQuery query) {
        Refusal bad = uris.refusal(query.uri(), query.match());
        if (bad != null) {
            return new Verdict.Refused(bad);
        }
        Action action = query.action();
        boolean claims = action == Action.REGISTER || action == Action.REPLACE || action == Action.PUBLISH;
        if (claims && query.uri().isReserved()) {
            return RESERVED;
        }
        return switch (permissions.effect(action, query.uri(), query.match())) {
            case RuleEffect.Allow allow -> allowed(action, allow.disclose(), allow.trustLevel());
            case RuleEffect.Ask ask -> new Verdict.Undecided(query);
            case RuleEffect.Deny deny -> DENIED;
        };
    }

    /** Describes, for the log, the rule that decides about {@code query}. */
    public String explain(PermissionQuery query) {
        RuleExplanation why = permissions.explain(query.action(), query.uri(), query.match());
        if (why.closed()) {
            return "the authid or role of the session cannot be part of a URI in a rule";
        }
        Rule rule = why.decisive();
        String by = why.effect() instanceof RuleEffect.Ask ? ", and the authorizer denies it" : "";
        if (rule == null) {
            return "no rule of the role matches" + by;
        }
        String line = rule.line() == 0 ? "" : " in line " + rule.line();
        return "the rule for " + rule.uri() + " (match: " + rule.match().wire() + ")" + line + " decides" + by;
    }

    /** The time for which, by the rules, a decision of the authorizer is valid; null if no rule sets it. */
    public @Nullable Duration cache(PermissionQuery query) {
        return permissions.effect(query.action(), query.uri(), query.match()) instanceof RuleEffect.Ask ask
                ? ask.cache()
                : null;
    }

    /** The verdict if the authorizer allowed {@code action}. */
    public Verdict.Allowed allowed(Action action, Disclose disclose) {
        return allowed(action, disclose, 0);
    }

    private Verdict.Allowed allowed(Action action, Disclose wanted, long level) {
        Long trustLevel = withTrustLevel.contains(action) ? Long.valueOf(level) : null;
        Disclose disclose = neverDisclosed.contains(action) ? Disclose.NEVER : wanted;
        return new Verdict.Allowed(new SenderDisclosure(disclose, trustLevel), null);
    }
}
