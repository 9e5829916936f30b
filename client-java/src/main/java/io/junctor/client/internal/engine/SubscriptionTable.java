package io.junctor.client.internal.engine;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a session and the handlers that share them. Used with the session's lock held.
 *
 * <p>The router has one subscription per topic, however often the client subscribes. So {@code UNSUBSCRIBE} is sent
 * when the last handler is detached, but not while another {@code SUBSCRIBE} to the same topic is open: the
 * {@code UNSUBSCRIBE} would end the new subscription.
 */
final class SubscriptionTable {
    /** Identifies a subscription of the router. */
    record Key(Uri topic, MatchPolicy match) {}

    /** One subscription, from the first {@code SUBSCRIBE} to the last handler. */
    private static final class SharedSubscription {
        private final List<EventQueue> queues = new ArrayList<>();
        private int opening;
        private long id;

        boolean isUnused() {
            return opening == 0 && queues.isEmpty();
        }
    }

    private final Map<Key, SharedSubscription> byKey = new HashMap<>();
    private final Map<Long, SharedSubscription> byId = new HashMap<>();

    /** Notes that a {@code SUBSCRIBE} was sent. */
    void openingLocked(Key key) {
        byKey.computeIfAbsent(key, absent -> new SharedSubscription()).opening++;
    }

    /**
     * Handles the answer to a {@code SUBSCRIBE}. {@code queue} is null if the caller no longer waits. Returns the id to
     * unsubscribe, or 0.
     */
    long openedLocked(Key key, long id, @Nullable EventQueue queue) {
        SharedSubscription shared = shared(key);
        shared.opening--;
        shared.id = id;
        byId.put(id, shared);
        if (queue != null) {
            shared.queues.add(queue);
        }
        return leftLocked(key, shared);
    }

    /** Handles the refusal of a {@code SUBSCRIBE}. Returns the id to unsubscribe, or 0. */
    long refusedLocked(Key key) {
        SharedSubscription shared = shared(key);
        shared.opening--;
        return leftLocked(key, shared);
    }

    /** Detaches a handler. Returns the id to unsubscribe, or 0. */
    long removeLocked(Key key, EventQueue queue) {
        queue.closeLocked();
        SharedSubscription shared = byKey.get(key);
        return shared != null && shared.queues.remove(queue) ? leftLocked(key, shared) : 0;
    }

    /** Notes that an {@code UNSUBSCRIBE} was answered. */
    void unsubscribedLocked(long id) {
        byId.computeIfPresent(id, (same, shared) -> shared.isUnused() ? null : shared);
    }

    /** Notes that the router revoked a subscription. Returns an action to run without the lock. */
    Runnable revokedLocked(long id, String reason) {
        SharedSubscription shared = byId.remove(id);
        if (shared == null) {
            return () -> {};
        }
        List<EventQueue> ended = List.copyOf(shared.queues);
        ended.forEach(EventQueue::closeLocked);
        shared.queues.clear();
        shared.id = 0;
        byKey.values().removeIf(any -> any == shared && any.isUnused());
        return () -> ended.forEach(queue -> queue.revoked().complete(reason));
    }

    /**
     * Adds an event to the queues of its handlers. Returns the queues to start, or null if the subscription is unknown.
     */
    @Nullable
    List<EventQueue> eventLocked(Event event, int size) {
        SharedSubscription shared = byId.get(event.subscription());
        if (shared == null) {
            return null;
        }
        List<EventQueue> idle = new ArrayList<>(shared.queues.size());
        for (EventQueue queue : shared.queues) {
            if (queue.addLocked(event, size)) {
                idle.add(queue);
            }
        }
        return idle;
    }

    private SharedSubscription shared(Key key) {
        return Objects.requireNonNull(byKey.get(key), "no SUBSCRIBE is open");
    }

    private long leftLocked(Key key, SharedSubscription shared) {
        if (!shared.isUnused()) {
            return 0;
        }
        byKey.remove(key);
        return shared.id;
    }
}
