package io.junctor.router.authorization;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable. What the sessions of a role may do in a realm, by the rules of its URIs and by their permissions. */
public final class SessionPermissions {
    /** The permissions say no. */
    public static final Refusal NOT_AUTHORIZED =
            Refusal.of(WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it");

    /** The authorizer did not decide in time, or failed. */
    public static final Verdict UNKNOWN = Verdict.refused(
            Refusal.of(WampError.AUTHORIZATION_FAILED, "whether this session may do it could not be found out now"));

    /** An authorizer has to be asked; nobody is ever answered so. */
    public static final Refusal UNDECIDED = Refusal.of(WampError.AUTHORIZATION_FAILED, "not decided yet");

    private static final Refusal RESERVED =
            Refusal.of(WampError.INVALID_URI, "URIs that begin with wamp. are reserved for the router");

    private final UriCheck uris;
    private final Permissions permissions;
    private final FeatureGate features;
    private final Set<Action> trusted;
    private final Set<Action> nameless;
    private final AuthorizerDecisions decided;

    /** The rights that {@code permissions} give in the realm of {@code config}. */
    public SessionPermissions(RealmConfig config, Permissions permissions) {
        this.uris = new UriCheck(config);
        this.permissions = permissions;
        this.features = new FeatureGate(config.features());
        this.decided = AuthorizerDecisions.NOTHING;
        this.trusted = EnumSet.noneOf(Action.class);
        this.nameless = EnumSet.noneOf(Action.class);
        if (!config.features().has(Feature.PUBLISHER_IDENTIFICATION)) {
            nameless.add(Action.PUBLISH);
        }
        if (!config.features().has(Feature.CALLER_IDENTIFICATION)) {
            nameless.addAll(Set.of(Action.CALL, Action.REGISTER));
        }
        for (Action action : Action.values()) {
            if (config.hasTrustLevels(action)) {
                trusted.add(action);
            }
        }
    }

    private SessionPermissions(SessionPermissions others, Permissions permissions, AuthorizerDecisions decided) {
        this.uris = others.uris;
        this.permissions = permissions;
        this.features = others.features;
        this.trusted = others.trusted;
        this.nameless = others.nameless;
        this.decided = decided;
    }

    /** The rights of one session of the role: rules may name who it is, and an authorizer may have decided about it. */
    public SessionPermissions of(Identity identity, AuthorizerDecisions decisions) {
        Permissions own = permissions.of(identity);
        return own == permissions && !permissions.asks() ? this : new SessionPermissions(this, own, decisions);
    }

    /** Whether an authorizer decides where no rule does. */
    public boolean ask() {
        return permissions.asks();
    }

    /** What is refused as the realm does without a feature. */
    public FeatureGate features() {
        return features;
    }

    /** What URIs have to keep in the realm. */
    public UriCheck uris() {
        return uris;
    }

    /** Whether {@code uri} keeps the rules of its place. */
    public boolean isPattern(Uri uri, MatchPolicy match) {
        return uris.refusal(uri, match) == null;
    }

    /** Whether {@code action} on a URI or pattern is allowed, by a rule or by what an authorizer has decided. */
    public Verdict judge(Action action, Uri uri, MatchPolicy match) {
        Verdict verdict = judgeByRules(action, uri, match);
        return verdict.refusal() == UNDECIDED ? decided.last(action, uri, match) : verdict;
    }

    /** Whether a session may do this now, without an authorizer being asked. */
    public boolean mayNow(PermissionQuery right) {
        return judge(right.action(), right.uri(), right.match()).refusal() == null;
    }

    /** What the rules say to {@code action} on a URI or pattern; {@link #UNDECIDED} where an authorizer has to be asked. */
    public Verdict judgeByRules(Action action, Uri uri, MatchPolicy match) {
        Refusal bad = uris.refusal(uri, match);
        if (bad != null) {
            return Verdict.refused(bad);
        }
        boolean claims = action == Action.REGISTER || action == Action.REPLACE || action == Action.PUBLISH;
        if (claims && uri.isReserved()) {
            return Verdict.refused(RESERVED);
        }
        return switch (permissions.effect(action, uri, match)) {
            case RuleEffect.Allow allow -> allowed(action, allow.disclose(), allow.trustLevel());
            case RuleEffect.Ask ask -> Verdict.refused(UNDECIDED);
            case RuleEffect.Deny deny -> Verdict.refused(NOT_AUTHORIZED);
        };
    }

    /** How long the rules say that an authorizer's decision holds, or null where they say nothing. */
    public @Nullable Duration cache(PermissionQuery question) {
        return permissions.effect(question.action(), question.uri(), question.match()) instanceof RuleEffect.Ask ask
                ? ask.cache()
                : null;
    }

    /** What holds for {@code action} where an authorizer allowed it. */
    public Verdict allowed(Action action, Disclose named) {
        return allowed(action, named, 0);
    }

    private Verdict allowed(Action action, Disclose named, long level) {
        Long trustLevel = trusted.contains(action) ? Long.valueOf(level) : null;
        Disclose disclose = nameless.contains(action) ? Disclose.NEVER : named;
        return new Verdict(null, new Grant(disclose, trustLevel), Arguments.NONE);
    }
}
