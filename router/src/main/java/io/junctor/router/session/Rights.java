package io.junctor.router.session;

import io.junctor.router.access.Grant;
import io.junctor.router.access.Permissions;
import io.junctor.router.config.Action;
import io.junctor.router.config.Disclose;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.Rule;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.Set;

/** Immutable. What the sessions of a role may do in a realm, by the rules of its URIs and by their permissions. */
public final class Rights {
    /** The permissions say no. */
    public static final Refusal NOT_AUTHORIZED =
            Refusal.of(WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it");

    private static final Refusal BAD_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: parts must not be empty and hold no white space, # or .");
    private static final Refusal BAD_STRICT_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: this realm allows parts of 0-9, a-z and _ only, none empty");
    private static final Refusal RESERVED =
            Refusal.of(WampError.INVALID_URI, "URIs that begin with wamp. are reserved for the router");

    private final UriRules uris;
    private final Permissions permissions;
    private final FeatureGate features;
    private final Set<Action> trusted;
    private final Set<Action> nameless;

    /** The rights that {@code permissions} give in the realm of {@code config}. */
    public Rights(RealmConfig config, Permissions permissions) {
        this.uris = config.uris();
        this.permissions = permissions;
        this.features = new FeatureGate(config.features());
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

    private Rights(Rights others, Permissions permissions) {
        this.uris = others.uris;
        this.permissions = permissions;
        this.features = others.features;
        this.trusted = others.trusted;
        this.nameless = others.nameless;
    }

    /** The rights of a session with this identity: those of its role, where rules name what it is. */
    public Rights of(Identity identity) {
        Permissions own = permissions.of(identity);
        return own == permissions ? this : new Rights(this, own);
    }

    /** What is refused as the realm does without a feature. */
    public FeatureGate features() {
        return features;
    }

    /** Whether {@code uri} keeps the rules of its place. */
    public boolean isPattern(Uri uri, MatchPolicy match) {
        return uris.isPattern(uri, match);
    }

    /** Whether {@code action} on a URI or pattern is allowed. */
    public Verdict judge(Action action, Uri uri, MatchPolicy match) {
        if (!uris.isPattern(uri, match)) {
            return Verdict.refused(uris == UriRules.STRICT ? BAD_STRICT_URI : BAD_URI);
        }
        boolean claims = action == Action.REGISTER || action == Action.REPLACE || action == Action.PUBLISH;
        if (claims && uri.isReserved()) {
            return Verdict.refused(RESERVED);
        }
        Rule rule = permissions.allowing(action, uri, match);
        if (rule == null) {
            return Verdict.refused(NOT_AUTHORIZED);
        }
        Long trustLevel = trusted.contains(action) ? Long.valueOf(rule.trustLevel()) : null;
        Disclose disclose = nameless.contains(action) ? Disclose.NEVER : rule.disclose();
        return new Verdict(null, new Grant(disclose, trustLevel), Arguments.NONE);
    }
}
