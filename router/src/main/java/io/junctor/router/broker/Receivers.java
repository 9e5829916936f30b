package io.junctor.router.broker;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.session.HeldBytes;
import io.junctor.router.session.Question;
import io.junctor.router.session.Session;
import io.junctor.router.spi.NamedReceivers;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who may receive a publication, of those who are subscribed (sections "Subscriber Black- and Whitelisting" and "Publisher
 * Exclusion"). All conditions must hold.
 */
final class Receivers {
    /** Everybody. */
    static final Receivers ALL = new Receivers(0, null, 0);

    private final long excludedSession;
    private final @Nullable Lists lists;
    private final long heldBytes;
    /** What a session must be allowed to do, or null. */
    private final @Nullable Question right;

    private record Lists(
            @Nullable Set<Long> exclude, @Nullable Set<Long> eligible, NamedReceivers names) {

        static @Nullable Lists of(Audience audience, EmptyEligible empty) {
            return audience == Audience.ALL
                    ? null
                    : new Lists(
                            set(audience.exclude()),
                            eligible(audience.eligible(), empty),
                            new NamedReceivers(
                                    set(audience.excludeAuthid()),
                                    set(audience.excludeAuthrole()),
                                    eligible(audience.eligibleAuthid(), empty),
                                    eligible(audience.eligibleAuthrole(), empty)));
        }

        boolean admit(Session session) {
            return (exclude == null || !exclude.contains(session.id()))
                    && (eligible == null || eligible.contains(session.id()))
                    && names.admit(session.identity());
        }

        boolean nameSessions() {
            return eligible != null || (exclude != null && !exclude.isEmpty());
        }

        private static <T> @Nullable Set<T> set(@Nullable Collection<T> list) {
            return list == null ? null : Set.copyOf(list);
        }

        private static <T> @Nullable Set<T> eligible(@Nullable Collection<T> list, EmptyEligible empty) {
            boolean isEverybody = list != null && list.isEmpty() && empty == EmptyEligible.EVERYBODY;
            return isEverybody ? null : set(list);
        }
    }

    private Receivers(long excludedSession, @Nullable Lists lists, long heldBytes) {
        this(excludedSession, lists, heldBytes, null);
    }

    private Receivers(long excludedSession, @Nullable Lists lists, long heldBytes, @Nullable Question right) {
        this.excludedSession = excludedSession;
        this.lists = lists;
        this.heldBytes = heldBytes;
        this.right = right;
    }

    /** Those that may do this. */
    static Receivers with(Question right) {
        return new Receivers(0, null, 0, right);
    }

    /** The receivers that {@code options} of {@code publisher} ask for, where an empty list of eligible ones means {@code empty}. */
    static Receivers of(Session publisher, PublishMessageOptions options, EmptyEligible empty) {
        return new Receivers(
                options.excludeMe() ? publisher.id() : 0,
                Lists.of(options.audience(), empty),
                HeldBytes.of(options.audience()));
    }

    /** The bytes of heap that the lists take. */
    long heldBytes() {
        return heldBytes;
    }

    /** Whether lists choose them. */
    boolean areListed() {
        return lists != null;
    }

    /** Whether sessions are listed by their ids, which mean nothing later on. */
    boolean nameSessions() {
        return lists != null && lists.nameSessions();
    }

    /** The lists of authids and roles. */
    NamedReceivers names() {
        return lists == null ? NamedReceivers.ALL : lists.names();
    }

    boolean admits(Session session) {
        return session.id() != excludedSession
                && (lists == null || lists.admit(session))
                && (right == null || session.rights().mayNow(right));
    }
}
