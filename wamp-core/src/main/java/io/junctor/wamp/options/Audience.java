package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The six lists that select the receivers of a publication (section "Subscriber Black- and Whitelisting"). A list is
 * null if the option is absent; an empty {@code eligible} list means no receiver. The lists are sorted, for binary
 * search.
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
    /** Selects all subscribers. */
    public static final Audience ALL = new Audience(null, null, null, null, null, null);

    /** Sorts copies of the lists. */
    public Audience {
        exclude = sorted(exclude);
        excludeAuthid = sorted(excludeAuthid);
        excludeAuthrole = sorted(excludeAuthrole);
        eligible = sorted(eligible);
        eligibleAuthid = sorted(eligibleAuthid);
        eligibleAuthrole = sorted(eligibleAuthrole);
    }

    /** The length of the longest list. */
    public int longest() {
        int sessions = Math.max(size(exclude), size(eligible));
        int authids = Math.max(size(excludeAuthid), size(eligibleAuthid));
        int roles = Math.max(size(excludeAuthrole), size(eligibleAuthrole));
        return Math.max(sessions, Math.max(authids, roles));
    }

    private boolean isAll() {
        return exclude == null
                && excludeAuthid == null
                && excludeAuthrole == null
                && eligible == null
                && eligibleAuthid == null
                && eligibleAuthrole == null;
    }

    private static int size(@Nullable List<?> list) {
        return list == null ? 0 : list.size();
    }

    private static <T extends Comparable<T>> @Nullable List<T> sorted(@Nullable List<T> list) {
        return list == null ? null : list.stream().sorted().toList();
    }

    static Audience of(Dict dict) {
        Audience audience = new Audience(
                dict.ids("exclude"),
                dict.texts("exclude_authid"),
                dict.texts("exclude_authrole"),
                dict.ids("eligible"),
                dict.texts("eligible_authid"),
                dict.texts("eligible_authrole"));
        return audience.isAll() ? ALL : audience;
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
