package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.match.Patterns;
import io.junctor.router.memory.KeptBytes;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
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
 * Keeps the last event of each topic that its publisher wanted retained (section "Event Retention"). An event for all
 * subscribers replaces the older ones of its topic. An event for certain receivers is retainedOfTopic beside them, as the others
 * still receive the older one. When the limits are reached, no new event is retainedOfTopic. Confined to the realm's turn.
 */
final class RetainedEvents {
    private final Counters counters;
    private Kept limits;
    private final KeptBytes.Account account;
    /** The retained events of each topic, the newest first. */
    private final NavigableMap<String, Deque<Retained>> byTopic = new TreeMap<>();

    /** A publication with its number in the order of retention. */
    private record Retained(Publication publication, long order) {}

    private long order;

    private int events;
    private long bytes;

    RetainedEvents(Counters counters, Kept limits, KeptBytes.Account account) {
        this.account = account;
        this.counters = counters;
        this.limits = limits;
    }

    /** Uses other limits, for what is retained from now on. */
    @InTurn
    void use(Kept others) {
        limits = others;
    }

    /** Keeps a publication for later subscribers. */
    @InTurn
    void keep(Publication publication) {
        String topic = publication.topic().text();
        Deque<Retained> retainedOfTopic = byTopic.get(topic);
        boolean isAdmitted = admits(publication);
        if (retainedOfTopic != null && !publication.receivers().hasLists()) {
            retainedOfTopic.forEach(retained -> subtract(retained.publication));
            byTopic.remove(topic);
            retainedOfTopic = null;
        }
        boolean full = events >= limits.retainedEvents() || bytes + publication.heldBytes() > limits.retainedBytes();
        if (full
                || !isAdmitted
                || (retainedOfTopic != null && retainedOfTopic.size() >= limits.retainedEventsPerTopic())) {
            counters.increment(Counter.EVENTS_NOT_RETAINED);
            return;
        }
        byTopic.computeIfAbsent(topic, text -> new ArrayDeque<>(1)).addFirst(new Retained(publication, ++order));
        events++;
        bytes += publication.heldBytes();
        account.add(publication.heldBytes());
    }

    /** The number of events that are retained of a topic. */
    @InTurn
    int count(Uri topic) {
        Deque<Retained> retainedOfTopic = byTopic.get(topic.text());
        return retainedOfTopic == null ? 0 : retainedOfTopic.size();
    }

    /** Whether the router's memory admits {@code publication}, or it takes no more than the events that it replaces. */
    @InTurn
    boolean admits(Publication publication) {
        Deque<Retained> replaced = publication.receivers().hasLists()
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
    RetainedEventCursor cursor(Session session, Subscription subscription) {
        String start = Patterns.literalStart(subscription.uri(), subscription.match());
        return new RetainedEventCursor(session, subscription, start, order);
    }

    /**
     * Passes, for each topic, the newest event that the session may receive to {@code action}, until {@code steps}
     * topics and events have been looked at. Skips events that were retained after the cursor was created: the session
     * received them when they were published.
     *
     * @return true if all topics have been looked at
     */
    @InTurn
    boolean send(RetainedEventCursor cursor, int steps, Consumer<Publication> action) {
        if (cursor.subscription.match() == MatchPolicy.EXACT) {
            offer(byTopic.get(cursor.prefix), cursor, action);
            return true;
        }
        int left = steps;
        for (Map.Entry<String, Deque<Retained>> entry :
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
            @Nullable Deque<Retained> retainedOfTopic, RetainedEventCursor cursor, Consumer<Publication> action) {
        int looks = 0;
        if (retainedOfTopic != null) {
            for (Retained retained : retainedOfTopic) {
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

    private void subtract(Publication publication) {
        events--;
        bytes -= publication.heldBytes();
        account.add(-publication.heldBytes());
    }
}
