package io.junctor.router.session;

import io.junctor.router.access.Grant;
import io.junctor.router.access.Permissions;
import io.junctor.router.config.Action;
import io.junctor.router.config.Disclose;
import io.junctor.router.config.Effect;
import io.junctor.router.config.RealmConfig;
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
public final class Rights {
    /** The permissions say no. */
    public static final Refusal NOT_AUTHORIZED =
            Refusal.of(WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it");

    /** An authorizer has to be asked; nobody is ever answered so. */
    public static final Refusal UNDECIDED = Refusal.of(WampError.AUTHORIZATION_FAILED, "not decided yet");

    private static final Refusal RESERVED =
            Refusal.of(WampError.INVALID_URI, "URIs that begin with wamp. are reserved for the router");

    private final UriCheck uris;
    private final Permissions permissions;
    private final FeatureGate features;
    private final Set<Action> trusted;
    private final Set<Action> nameless;
    private final Decided decided;

    /** The rights that {@code permissions} give in the realm of {@code config}. */
    public Rights(RealmConfig config, Permissions permissions) {
        this.uris = new UriCheck(config);
        this.permissions = permissions;
        this.features = new FeatureGate(config.features());
        this.decided = Decided.NOTHING;
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

    private Rights(Rights others, Permissions permissions, Decided decided) {
        this.uris = others.uris;
        this.permissions = permissions;
        this.features = others.features;
        this.trusted = others.trusted;
        this.nameless = others.nameless;
        this.decided = decided;
    }

    /** The rights of one session of the role: rules may name who it is, and an authorizer may have decided about it. */
    public Rights of(Identity identity, Decided decisions) {
        Permissions own = permissions.of(identity);
        return own == permissions && !permissions.asks() ? this : new Rights(this, own, decisions);
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
    public boolean mayNow(Question right) {
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
            case Effect.Allow allow -> allowed(action, allow.disclose(), allow.trustLevel());
            case Effect.Ask ask -> Verdict.refused(UNDECIDED);
            case Effect.Deny deny -> Verdict.refused(NOT_AUTHORIZED);
        };
    }

    /** How long the rules say that an authorizer's decision holds, or null where they say nothing. */
    public @Nullable Duration cache(Question question) {
        return permissions.effect(question.action(), question.uri(), question.match()) instanceof Effect.Ask ask
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
