package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who may receive a publication, by authid and role; each set is null where the publisher gave none (section "Subscriber Black-
 * and Whitelisting").
 *
 * @param excludeAuthid authids that must not receive it
 * @param excludeAuthrole roles that must not receive it
 * @param eligibleAuthid the only authids that may receive it
 * @param eligibleAuthrole the only roles that may receive it
 */
public record NamedReceivers(
        @Nullable Set<String> excludeAuthid,
        @Nullable Set<String> excludeAuthrole,
        @Nullable Set<String> eligibleAuthid,
        @Nullable Set<String> eligibleAuthrole) {
    /** Everybody. */
    public static final NamedReceivers ALL = new NamedReceivers(null, null, null, null);

    /** Whether all conditions hold for {@code identity}. */
    public boolean admit(Identity identity) {
        return excludesNot(excludeAuthid, identity.authid())
                && excludesNot(excludeAuthrole, identity.authrole())
                && includes(eligibleAuthid, identity.authid())
                && includes(eligibleAuthrole, identity.authrole());
    }

    private static boolean excludesNot(@Nullable Set<String> excluded, @Nullable String who) {
        return excluded == null || who == null || !excluded.contains(who);
    }

    private static boolean includes(@Nullable Set<String> eligible, @Nullable String who) {
        return eligible == null || (who != null && eligible.contains(who));
    }
}
