package io.junctor.router.broker;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.match.Patterns;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last event of each topic that its publisher wanted retained (section "Event Retention"). An event for all subscribers replaces
 * the older ones of its topic. An event for certain receivers does not replace older events, because the other receivers still get an older
 * one. When the limits are reached, no new event is retained. Each event has a number, by which all routers agree which of two events is
 * older, whatever the order in which a router receives them. Confined to the realm's turn.
 */
final class RetainedEvents {
    private final RealmCounters counters;
    private Kept limits;
    private final RetentionBudget.Account account;
    /** The retained events of each topic, the newest first. */
    private final NavigableMap<String, Deque<RetainedPublication>> byTopic = new TreeMap<>();

    /**
     * A publication.
     *
     * @param order its number in the order in which this router retained them
     * @param number its number on all routers
     */
    private record RetainedPublication(Publication publication, long order, long number) {
        boolean isOlderThan(RetainedPublication other) {
            return SharedEvent.isOlder(number, publication.id(), other.number, other.publication.id());
        }

        /** Whether this event need not be retained because {@code other} replaces it. */
        boolean isCoveredBy(RetainedPublication other) {
            return publication.id() == other.publication.id()
                    || (isOlderThan(other) && !other.publication.receivers().hasLists());
        }
    }

    /** The position of a new subscriber in the retained events that match its subscription. */
    static final class Cursor {
        final Session session;
        final Subscription subscription;
        /** The prefix that all matching topics have in common. */
        final String prefix;
        /** The number of the newest retained event when the cursor was created. */
        final long newestOrder;

        /** The topic to continue at. */
        String next;

        Cursor(Session session, Subscription subscription, String prefix, long newestOrder) {
            this.session = session;
            this.subscription = subscription;
            this.prefix = prefix;
            this.newestOrder = newestOrder;
            this.next = prefix;
        }

        /** Whether the subscription matches {@code topic}, which begins with {@link #prefix}. */
        boolean matches(String topic) {
            return subscription.match() != MatchPolicy.WILDCARD
                    || Patterns.matches(subscription.uri(), subscription.match(), new Uri(topic));
        }
    }

    private long order;
    private long highestNumber;

    private int events;
    private long bytes;

    RetainedEvents(RealmCounters counters, Kept limits, RetentionBudget.Account account) {
        this.account = account;
        this.counters = counters;
        this.limits = limits;
    }

    /** Uses other limits for events that are retained from now on. */
    @InTurn
    void use(Kept others) {
        limits = others;
    }

    /**
     * Keeps a publication for later subscribers. Returns the number of the publication, which is higher than all numbers seen before; 0 if
     * the publication is not retained.
     */
    @InTurn
    long keep(Publication publication) {
        long number = highestNumber + 1;
        return keep(publication, number) ? number : 0;
    }

    /** Keeps a publication with its number, unless a newer one covers it. Returns whether it is retained now. */
    @InTurn
    boolean keep(Publication publication, long number) {
        highestNumber = Math.max(highestNumber, number);
        String topic = publication.topic().text();
        Deque<RetainedPublication> retainedOfTopic = byTopic.get(topic);
        RetainedPublication added = new RetainedPublication(publication, ++order, number);
        if (retainedOfTopic != null && retainedOfTopic.stream().anyMatch(added::isCoveredBy)) {
            return false;
        }
        boolean isAdmitted = admits(publication);
        if (retainedOfTopic != null && !publication.receivers().hasLists()) {
            removeOlder(retainedOfTopic, added);
            retainedOfTopic = byTopic.get(topic);
        }
        boolean full = events >= limits.retainedEvents() || bytes + publication.heldBytes() > limits.retainedBytes();
        if (full
                || !isAdmitted
                || (retainedOfTopic != null && retainedOfTopic.size() >= limits.retainedEventsPerTopic())) {
            counters.increment(Counter.EVENTS_NOT_RETAINED);
            return false;
        }
        insert(byTopic.computeIfAbsent(topic, text -> new ArrayDeque<>(1)), added);
        events++;
        bytes += publication.heldBytes();
        account.add(publication.heldBytes());
        return true;
    }

    @InTurn
    private void removeOlder(Deque<RetainedPublication> retainedOfTopic, RetainedPublication than) {
        retainedOfTopic.removeIf(retained -> {
            boolean isOlder = retained.isOlderThan(than);
            if (isOlder) {
                subtract(retained.publication);
            }
            return isOlder;
        });
        if (retainedOfTopic.isEmpty()) {
            byTopic.remove(than.publication.topic().text());
        }
    }

    /** Adds an event before the older ones. */
    private static void insert(Deque<RetainedPublication> retainedOfTopic, RetainedPublication added) {
        Deque<RetainedPublication> newer = new ArrayDeque<>(0);
        while (!retainedOfTopic.isEmpty() && added.isOlderThan(retainedOfTopic.getFirst())) {
            newer.addFirst(retainedOfTopic.removeFirst());
        }
        retainedOfTopic.addFirst(added);
        newer.forEach(retainedOfTopic::addFirst);
    }

    /** The number of events that are retained of a topic. */
    @InTurn
    int count(Uri topic) {
        Deque<RetainedPublication> retainedOfTopic = byTopic.get(topic.text());
        return retainedOfTopic == null ? 0 : retainedOfTopic.size();
    }

    /**
     * Whether the router's memory suffices for {@code publication}, or the publication uses no more memory than the events that it
     * replaces.
     */
    @InTurn
    boolean admits(Publication publication) {
        Deque<RetainedPublication> replaced = publication.receivers().hasLists()
                ? null
                : byTopic.get(publication.topic().text());
        long freed = replaced == null
                ? 0
                : replaced.stream()
                        .mapToLong(retained -> retained.publication.heldBytes())
                        .sum();
        long more = publication.heldBytes() - freed;
        return more <= 0 || account.admits(more);
    }

    /** A cursor over the retained events of the topics that {@code subscription} matches, for {@link #send}. */
    @InTurn
    Cursor cursor(Session session, Subscription subscription) {
        String start = Patterns.literalStart(subscription.uri(), subscription.match());
        return new Cursor(session, subscription, start, order);
    }

    /**
     * Passes, for each topic, the newest event that the session may receive to {@code action}, until {@code steps}
     * topics and events have been looked at. Skips events that were retained after the cursor was created: the session
     * received them when they were published.
     *
     * @return true if all topics have been looked at
     */
    @InTurn
    boolean send(Cursor cursor, int steps, Consumer<Publication> action) {
        if (cursor.subscription.match() == MatchPolicy.EXACT) {
            offer(byTopic.get(cursor.prefix), cursor, action);
            return true;
        }
        int left = steps;
        for (Map.Entry<String, Deque<RetainedPublication>> entry :
                byTopic.tailMap(cursor.next, true).entrySet()) {
            String topic = entry.getKey();
            if (!topic.startsWith(cursor.prefix)) {
                return true;
            }
            if (left <= 0) {
                cursor.next = topic;
                return false;
            }
            left--;
            if (cursor.matches(topic)) {
                left -= offer(entry.getValue(), cursor, action);
            }
        }
        return true;
    }

    /** Returns the number of events that were looked at. */
    private static int offer(
            @Nullable Deque<RetainedPublication> retainedOfTopic, Cursor cursor, Consumer<Publication> action) {
        int looks = 0;
        if (retainedOfTopic != null) {
            for (RetainedPublication retained : retainedOfTopic) {
                looks++;
                if (retained.publication.receivers().admits(cursor.session)) {
                    if (retained.order <= cursor.newestOrder) {
                        action.accept(retained.publication);
                    }
                    return looks;
                }
            }
        }
        return looks;
    }

    /**
     * Passes the events that are retained for all subscribers to {@code taker}, of up to {@code most} topics.
     *
     * @param start the topic to begin at
     * @return the topic to continue at, or null if all topics have been looked at
     */
    @InTurn
    @Nullable
    String tell(String start, int most, Consumer<SharedEvent> taker) {
        int left = most;
        for (Map.Entry<String, Deque<RetainedPublication>> entry :
                byTopic.tailMap(start, true).entrySet()) {
            if (left-- <= 0) {
                return entry.getKey();
            }
            for (RetainedPublication retained : entry.getValue()) {
                if (!retained.publication.receivers().hasLists()) {
                    taker.accept(retained.publication.shared(retained.number));
                }
            }
        }
        return null;
    }

    private void subtract(Publication publication) {
        events--;
        bytes -= publication.heldBytes();
        account.add(-publication.heldBytes());
    }
}
