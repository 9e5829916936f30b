package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.session.Session;
import io.junctor.router.spi.NamedReceivers;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which subscribers may receive a publication (sections "Subscriber Black- and Whitelisting" and "Publisher
 * Exclusion"). A session must pass all conditions. The lists are sorted before the turn and bounded by the limit
 * list_entries; a look-up is a binary search.
 */
final class ReceiverFilter {
    /** All subscribers. */
    static final ReceiverFilter ALL = new ReceiverFilter(0, null, 0, null);

    private final long excludedSession;
    private final @Nullable ReceiverLists lists;
    private final long heldBytes;
    /** The permission that a receiver needs, or null. */
    private final @Nullable PermissionQuery needed;

    /** The lists of receivers of one publication. */
    private static final class ReceiverLists {
        private final long @Nullable [] exclude;
        private final long @Nullable [] eligible;
        final NamedReceivers names;

        ReceiverLists(@Nullable List<Long> exclude, @Nullable List<Long> eligible, NamedReceivers names) {
            this.exclude = ids(exclude);
            this.eligible = ids(eligible);
            this.names = names;
        }

        static ReceiverLists of(Audience subscribers, EmptyEligible empty) {
            return new ReceiverLists(
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

        Audience audience() {
            return new Audience(
                    list(exclude),
                    names.excludeAuthid(),
                    names.excludeAuthrole(),
                    list(eligible),
                    names.eligibleAuthid(),
                    names.eligibleAuthrole());
        }

        private static @Nullable List<Long> list(long @Nullable [] ids) {
            return ids == null ? null : Arrays.stream(ids).boxed().toList();
        }

        boolean containSessionIds() {
            return eligible != null || (exclude != null && exclude.length > 0);
        }

        private static long @Nullable [] ids(@Nullable List<Long> list) {
            return list == null
                    ? null
                    : list.stream().mapToLong(Long::longValue).toArray();
        }

        private static <T> @Nullable List<T> eligible(@Nullable List<T> list, EmptyEligible empty) {
            boolean isNoCondition = list != null && list.isEmpty() && empty == EmptyEligible.EVERYBODY;
            return isNoCondition ? null : list;
        }
    }

    private ReceiverFilter(
            long excludedSession, @Nullable ReceiverLists lists, long heldBytes, @Nullable PermissionQuery needed) {
        this.excludedSession = excludedSession;
        this.lists = lists;
        this.heldBytes = heldBytes;
        this.needed = needed;
    }

    /** A filter that admits only sessions with this permission. */
    static ReceiverFilter permitted(PermissionQuery needed) {
        return new ReceiverFilter(0, null, 0, needed);
    }

    /**
     * The receivers that {@code options} of {@code publisher} select; {@code features} say what an empty list of eligible
     * receivers means.
     */
    static ReceiverFilter of(Session publisher, PublishMessageOptions options, RealmFeatures features) {
        long excluded = options.excludeMe() ? publisher.id() : 0;
        Audience audience = options.audience();
        return audience == Audience.ALL
                ? new ReceiverFilter(excluded, null, 0, null)
                : new ReceiverFilter(
                        excluded,
                        ReceiverLists.of(audience, features.emptyEligible()),
                        HeapEstimate.of(audience),
                        null);
    }

    /** The filter of an event that another router passed on. */
    static ReceiverFilter of(SharedEvent.Receivers shared) {
        SharedEvent.Permission needed = shared.needed();
        Audience audience = shared.audience();
        return new ReceiverFilter(
                shared.excludedSession(),
                audience == Audience.ALL ? null : ReceiverLists.of(audience, EmptyEligible.NOBODY),
                HeapEstimate.of(audience),
                needed == null ? null : new PermissionQuery(needed.action(), needed.uri(), needed.match()));
    }

    /** This filter in the form for other routers. */
    SharedEvent.Receivers shared() {
        if (this == ALL) {
            return SharedEvent.Receivers.ALL;
        }
        return new SharedEvent.Receivers(
                excludedSession,
                lists == null ? Audience.ALL : lists.audience(),
                needed == null ? null : new SharedEvent.Permission(needed.action(), needed.uri(), needed.match()));
    }

    /** The bytes of heap that the lists use. */
    long heldBytes() {
        return heldBytes;
    }

    /** Whether the publication has lists of receivers. */
    boolean hasLists() {
        return lists != null;
    }

    /** Whether the lists contain session ids, which have no meaning after the sessions end. */
    boolean containSessionIds() {
        return lists != null && lists.containSessionIds();
    }

    /** The lists of authids and roles. */
    NamedReceivers names() {
        return lists == null ? NamedReceivers.ALL : lists.names;
    }

    boolean admits(Session session) {
        return session.id() != excludedSession
                && (lists == null || lists.admit(session))
                && (needed == null || session.rights().mayNow(needed));
    }
}
