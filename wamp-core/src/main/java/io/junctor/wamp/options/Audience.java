package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The six lists that choose the receivers of a publication (section "Subscriber Black- and Whitelisting");
 * each is null where absent, and an empty list is not the same as an absent one.
 *
 * @param exclude sessions that must not receive it
 * @param excludeAuthid authids that must not receive it
 * @param excludeAuthrole roles that must not receive it
 * @param eligible the only sessions that may receive it
 * @param eligibleAuthid the only authids that may receive it
 * @param eligibleAuthrole the only roles that may receive it
 */
public record Audience(
        @Nullable List<Long> exclude,
        @Nullable List<String> excludeAuthid,
        @Nullable List<String> excludeAuthrole,
        @Nullable List<Long> eligible,
        @Nullable List<String> eligibleAuthid,
        @Nullable List<String> eligibleAuthrole) {
    /** No condition: everybody. */
    public static final Audience ALL = new Audience(null, null, null, null, null, null);

    static Audience of(Dict dict) {
        Audience audience = new Audience(
                dict.ids("exclude"),
                dict.texts("exclude_authid"),
                dict.texts("exclude_authrole"),
                dict.ids("eligible"),
                dict.texts("eligible_authid"),
                dict.texts("eligible_authrole"));
        return audience.equals(ALL) ? ALL : audience;
    }

    static void put(Dict.Builder dict, Audience audience) {
        dict.put("exclude", audience.exclude)
                .put("exclude_authid", audience.excludeAuthid)
                .put("exclude_authrole", audience.excludeAuthrole)
                .put("eligible", audience.eligible)
                .put("eligible_authid", audience.eligibleAuthid)
                .put("eligible_authrole", audience.eligibleAuthrole);
    }
}
