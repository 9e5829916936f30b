package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits the receivers of a publication by authid and authrole (section "Subscriber Black- and Whitelisting"). A list
 * is null if the publisher did not send it, and sorted otherwise.
 *
 * @param excludeAuthid the authids whose sessions must not receive the publication
 * @param excludeAuthrole the roles whose sessions must not receive the publication
 * @param eligibleAuthid the only authids whose sessions may receive the publication
 * @param eligibleAuthrole the only roles whose sessions may receive the publication
 */
public record NamedReceivers(
        @Nullable List<String> excludeAuthid,
        @Nullable List<String> excludeAuthrole,
        @Nullable List<String> eligibleAuthid,
        @Nullable List<String> eligibleAuthrole) {
    /** Does not limit the receivers. */
    public static final NamedReceivers ALL = new NamedReceivers(null, null, null, null);

    /** True if a session with {@code identity} may receive the publication. */
    public boolean admit(Identity identity) {
        return excludesNot(excludeAuthid, identity.authid())
                && excludesNot(excludeAuthrole, identity.authrole())
                && includes(eligibleAuthid, identity.authid())
                && includes(eligibleAuthrole, identity.authrole());
    }

    private static boolean excludesNot(@Nullable List<String> excluded, @Nullable String who) {
        return excluded == null || who == null || Collections.binarySearch(excluded, who) < 0;
    }

    private static boolean includes(@Nullable List<String> eligible, @Nullable String who) {
        return eligible == null || (who != null && Collections.binarySearch(eligible, who) >= 0);
    }
}
