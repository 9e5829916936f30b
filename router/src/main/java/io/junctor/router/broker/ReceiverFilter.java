package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.EmptyEligible;
import io.junctor.router.connection.HeldBytes;
import io.junctor.router.session.Session;
import io.junctor.router.spi.NamedReceivers;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who may receive a publication, of those who are subscribed (sections "Subscriber Black- and Whitelisting" and "Publisher
 * Exclusion"). All conditions must hold. The lists are sorted before the turn and bounded by the limit list_entries: one step for each halving
 * of a list tells whether a session is in it.
 */
final class ReceiverFilter {
    /** Everybody. */
    static final ReceiverFilter ALL = new ReceiverFilter(0, null, 0);

    private final long excludedSession;
    private final @Nullable Lists lists;
    private final long heldBytes;
    /** What a session must be allowed to do, or null. */
    private final @Nullable PermissionQuery right;

    /** Immutable. The lists of one publication. */
    private static final class Lists {
        private final long @Nullable [] exclude;
        private final long @Nullable [] eligible;
        final NamedReceivers names;

        Lists(@Nullable List<Long> exclude, @Nullable List<Long> eligible, NamedReceivers names) {
            this.exclude = ids(exclude);
            this.eligible = ids(eligible);
            this.names = names;
        }

        static @Nullable Lists of(Audience subscribers, EmptyEligible empty) {
            return subscribers == Audience.ALL
                    ? null
                    : new Lists(
                            subscribers.exclude(),
                            eligible(subscribers.eligible(), empty),
                            new NamedReceivers(
                                    subscribers.excludeAuthid(),
                                    subscribers.excludeAuthrole(),
                                    eligible(subscribers.eligibleAuthid(), empty),
                                    eligible(subscribers.eligibleAuthrole(), empty)));
        }

        boolean admit(Session session) {
            return (exclude == null || Arrays.binarySearch(exclude, session.id()) < 0)
                    && (eligible == null || Arrays.binarySearch(eligible, session.id()) >= 0)
                    && names.admit(session.identity());
        }

        boolean nameSessions() {
            return eligible != null || (exclude != null && exclude.length > 0);
        }

        private static long @Nullable [] ids(@Nullable List<Long> list) {
            return list == null
                    ? null
                    : list.stream().mapToLong(Long::longValue).toArray();
        }

        private static <T> @Nullable List<T> eligible(@Nullable List<T> list, EmptyEligible empty) {
            boolean isEverybody = list != null && list.isEmpty() && empty == EmptyEligible.EVERYBODY;
            return isEverybody ? null : list;
        }
    }

    private ReceiverFilter(long excludedSession, @Nullable Lists lists, long heldBytes) {
        this(excludedSession, lists, heldBytes, null);
    }

    private ReceiverFilter(
            long excludedSession, @Nullable Lists lists, long heldBytes, @Nullable PermissionQuery right) {
        this.excludedSession = excludedSession;
        this.lists = lists;
        this.heldBytes = heldBytes;
        this.right = right;
    }

    /** Those that may do this. */
    static ReceiverFilter with(PermissionQuery right) {
        return new ReceiverFilter(0, null, 0, right);
    }

    /** The receivers that {@code options} of {@code publisher} ask for, where an empty list of eligible ones means {@code empty}. */
    static ReceiverFilter of(Session publisher, PublishMessageOptions options, EmptyEligible empty) {
        return new ReceiverFilter(
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
        return lists == null ? NamedReceivers.ALL : lists.names;
    }

    boolean admits(Session session) {
        return session.id() != excludedSession
                && (lists == null || lists.admit(session))
                && (right == null || session.rights().mayNow(right));
    }
}
