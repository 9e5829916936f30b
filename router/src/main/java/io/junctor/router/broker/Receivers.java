package io.junctor.router.broker;

import io.junctor.router.session.Session;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.PublishOptions;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who may receive a publication, of those who are subscribed (sections "Subscriber Black- and Whitelisting" and "Publisher
 * Exclusion"). All conditions must hold; an empty list of eligible ones admits nobody.
 */
final class Receivers {
    /** Everybody. */
    static final Receivers ALL = new Receivers(0, null);

    private final long excludedSession;
    private final @Nullable Lists lists;

    private record Lists(
            @Nullable Set<Long> exclude,
            @Nullable Set<String> excludeAuthid,
            @Nullable Set<String> excludeAuthrole,
            @Nullable Set<Long> eligible,
            @Nullable Set<String> eligibleAuthid,
            @Nullable Set<String> eligibleAuthrole) {

        static @Nullable Lists of(Audience audience) {
            return audience == Audience.ALL
                    ? null
                    : new Lists(
                            set(audience.exclude()),
                            set(audience.excludeAuthid()),
                            set(audience.excludeAuthrole()),
                            set(audience.eligible()),
                            set(audience.eligibleAuthid()),
                            set(audience.eligibleAuthrole()));
        }

        boolean admit(long session, Identity identity) {
            return excludesNot(exclude, session)
                    && excludesNot(excludeAuthid, identity.authid())
                    && excludesNot(excludeAuthrole, identity.authrole())
                    && includes(eligible, session)
                    && includes(eligibleAuthid, identity.authid())
                    && includes(eligibleAuthrole, identity.authrole());
        }

        private static <T> @Nullable Set<T> set(@Nullable Collection<T> list) {
            return list == null ? null : Set.copyOf(list);
        }

        private static <T> boolean excludesNot(@Nullable Set<T> excluded, @Nullable T who) {
            return excluded == null || who == null || !excluded.contains(who);
        }

        private static <T> boolean includes(@Nullable Set<T> eligible, @Nullable T who) {
            return eligible == null || (who != null && eligible.contains(who));
        }
    }

    private Receivers(long excludedSession, @Nullable Lists lists) {
        this.excludedSession = excludedSession;
        this.lists = lists;
    }

    /** The receivers that {@code options} of {@code publisher} ask for. */
    static Receivers of(Session publisher, PublishOptions options) {
        return new Receivers(options.excludeMe() ? publisher.id() : 0, Lists.of(options.audience()));
    }

    /** Whether lists choose them. */
    boolean areListed() {
        return lists != null;
    }

    boolean admits(Session session) {
        return session.id() != excludedSession && (lists == null || lists.admit(session.id(), session.identity()));
    }
}
