package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.match.Patterns;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The last event of each topic that its publisher wanted kept (section "Event Retention"). One for everybody
 * replaces all older ones; one for some stands beside them, as others still get the older. Full, it keeps nothing new.
 */
final class RetainedEvents {
    private final Counters counters;
    private final Kept limits;
    /** By the text of the topic, each with its publications, the newest first. */
    private final NavigableMap<String, Deque<Retained>> byTopic = new TreeMap<>();

    /** A publication, and how many were retained before it and with it. */
    private record Retained(Publication publication, long order) {}

    private long order;

    private int events;
    private long bytes;

    RetainedEvents(Counters counters, Kept limits) {
        this.counters = counters;
        this.limits = limits;
    }

    /** Keeps a publication for who subscribes later. */
    @InTurn
    void keep(Publication publication) {
        String topic = publication.topic().text();
        Deque<Retained> kept = byTopic.get(topic);
        if (kept != null && !publication.receivers().areListed()) {
            kept.forEach(retained -> uncount(retained.publication));
            byTopic.remove(topic);
            kept = null;
        }
        boolean full = events >= limits.retainedEvents() || bytes + publication.heldBytes() > limits.retainedBytes();
        if (full || (kept != null && kept.size() >= limits.retainedEventsPerTopic())) {
            counters.increment(Counter.EVENTS_NOT_RETAINED);
            return;
        }
        byTopic.computeIfAbsent(topic, text -> new ArrayDeque<>(1)).addFirst(new Retained(publication, ++order));
        events++;
        bytes += publication.heldBytes();
    }

    /** A cursor over what is retained of the topics that {@code subscription} is about, for {@code session}; {@link #goOn} takes the steps. */
    @InTurn
    RetainedEventCursor cursor(Session session, Subscription subscription) {
        String start = Patterns.literalStart(subscription.uri(), subscription.match());
        return new RetainedEventCursor(session, subscription, start, order);
    }

    /**
     * Hands to {@code action} the newest publication that the session of {@code cursor} may receive, of each topic, until {@code steps} topics and
     * publications have been looked at. What was retained after the cursor began is left out: the session got it when it was published.
     *
     * @return whether the cursor is over
     */
    @InTurn
    boolean goOn(RetainedEventCursor cursor, int steps, Consumer<Publication> action) {
        if (cursor.subscription.match() == MatchPolicy.EXACT) {
            offer(byTopic.get(cursor.start), cursor, action);
            return true;
        }
        int left = steps;
        for (Map.Entry<String, Deque<Retained>> entry :
                byTopic.tailMap(cursor.next, true).entrySet()) {
            String topic = entry.getKey();
            if (!topic.startsWith(cursor.start)) {
                return true;
            }
            if (left <= 0) {
                cursor.next = topic;
                return false;
            }
            left--;
            if (cursor.isAbout(topic)) {
                left -= offer(entry.getValue(), cursor, action);
            }
        }
        return true;
    }

    /** Returns how many were looked at. */
    private static int offer(@Nullable Deque<Retained> kept, RetainedEventCursor cursor, Consumer<Publication> action) {
        int looks = 0;
        if (kept != null) {
            for (Retained retained : kept) {
                looks++;
                if (retained.publication.receivers().admits(cursor.session)) {
                    if (retained.order <= cursor.upTo) {
                        action.accept(retained.publication);
                    }
                    return looks;
                }
            }
        }
        return looks;
    }

    private void uncount(Publication publication) {
        events--;
        bytes -= publication.heldBytes();
    }
}
