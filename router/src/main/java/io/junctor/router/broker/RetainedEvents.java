package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.match.Patterns;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final NavigableMap<String, Deque<Publication>> byTopic = new TreeMap<>();

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
        Deque<Publication> kept = byTopic.get(topic);
        if (kept != null && !publication.receivers().areListed()) {
            kept.forEach(this::uncount);
            byTopic.remove(topic);
            kept = null;
        }
        boolean full = events >= limits.retainedEvents() || bytes + publication.heldBytes() > limits.retainedBytes();
        if (full || (kept != null && kept.size() >= limits.retainedEventsPerTopic())) {
            counters.increment(Counter.EVENTS_NOT_RETAINED);
            return;
        }
        byTopic.computeIfAbsent(topic, text -> new ArrayDeque<>(1)).addFirst(publication);
        events++;
        bytes += publication.heldBytes();
    }

    /** Hands to {@code action} the newest publication that {@code session} may receive, of each topic of {@code subscription}. */
    @InTurn
    void forEachFor(Session session, Subscription subscription, Consumer<Publication> action) {
        switch (subscription.match) {
            case EXACT -> offer(byTopic.get(subscription.topic.text()), session, action);
            case PREFIX -> {
                String prefix = subscription.topic.text();
                for (var entry : byTopic.tailMap(prefix, true).entrySet()) {
                    if (!entry.getKey().startsWith(prefix)) {
                        return;
                    }
                    offer(entry.getValue(), session, action);
                }
            }
            case WILDCARD ->
                byTopic.values().forEach(kept -> {
                    if (Patterns.matches(
                            subscription.topic,
                            subscription.match,
                            kept.element().topic())) {
                        offer(kept, session, action);
                    }
                });
        }
    }

    private static void offer(@Nullable Deque<Publication> kept, Session session, Consumer<Publication> action) {
        if (kept != null) {
            kept.stream()
                    .filter(publication -> publication.receivers().admits(session))
                    .findFirst()
                    .ifPresent(action);
        }
    }

    private void uncount(Publication publication) {
        events--;
        bytes -= publication.heldBytes();
    }
}
