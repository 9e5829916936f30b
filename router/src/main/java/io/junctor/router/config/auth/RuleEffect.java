package io.junctor.router.config.auth;

import io.junctor.router.spi.Disclose;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The effect of a rule. */
public sealed interface RuleEffect permits RuleEffect.Allow, RuleEffect.Ask, RuleEffect.Deny {
    /**
     * The action is allowed.
     *
     * @param disclose whether the publisher or caller is disclosed
     * @param trustLevel the trust level that receivers get; 0 is the lowest
     */
    record Allow(Disclose disclose, int trustLevel) implements RuleEffect {
        /** Discloses senders that ask to be disclosed, with the lowest trust level. */
        public static final Allow PLAIN = new Allow(Disclose.ON_REQUEST, 0);
    }

    /**
     * The role's authorizer decides.
     *
     * @param cache how long its decision is valid; zero for one message only; null for the time that {@link AuthorizerConfig} sets
     */
    record Ask(@Nullable Duration cache) implements RuleEffect {
        /** Asks with the cache time of the authorizer, as for requests to which no rule applies. */
        public static final Ask PLAIN = new Ask(null);
    }

    /** The order of effects: deny, ask, allow. */
    default int laxity() {
        return switch (this) {
            case Deny deny -> 0;
            case Ask ask -> 1;
            case Allow allow -> 2;
        };
    }

    /** The stricter of two effects; of two effects {@link Ask}, the effect with the shorter cache time. */
    default RuleEffect stricter(RuleEffect other) {
        if (this instanceof Ask(Duration one) && other instanceof Ask(Duration two)) {
            return two != null && (one == null || two.compareTo(one) < 0) ? other : this;
        }
        return other.laxity() < laxity() ? other : this;
    }

    /** The action is denied. */
    enum Deny implements RuleEffect {
        DENY
    }
}
