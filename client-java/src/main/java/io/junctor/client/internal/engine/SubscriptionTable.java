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
 * Used under the session's lock. Which handlers share which subscription.
 *
 * <p>The router knows one subscription per topic, however often this side subscribes. So {@code UNSUBSCRIBE} follows the last
 * handler, and not while another {@code SUBSCRIBE} to the same topic is on its way: it would end what that one opens.
 */
final class SubscriptionTable {
    /** What the router takes for the same subscription. */
    record Key(Uri topic, MatchPolicy match) {}

    /** One subscription, from the first {@code SUBSCRIBE} to the last handler. */
    private static final class Shared {
        private final List<EventQueue> queues = new ArrayList<>();
        private int opening;
        private long id;

        boolean isUnused() {
            return opening == 0 && queues.isEmpty();
        }
    }

    private final Map<Key, Shared> byKey = new HashMap<>();
    private final Map<Long, Shared> byId = new HashMap<>();

    /** A {@code SUBSCRIBE} was sent. */
    void openingLocked(Key key) {
        byKey.computeIfAbsent(key, absent -> new Shared()).opening++;
    }

    /** It was answered; {@code queue} is null if nobody waits any more. Returns the id to unsubscribe, 0 for none. */
    long openedLocked(Key key, long id, @Nullable EventQueue queue) {
        Shared shared = shared(key);
        shared.opening--;
        shared.id = id;
        byId.put(id, shared);
        if (queue != null) {
            shared.queues.add(queue);
        }
        return leftLocked(key, shared);
    }

    /** It was refused. Returns the id to unsubscribe, 0 for none. */
    long refusedLocked(Key key) {
        Shared shared = shared(key);
        shared.opening--;
        return leftLocked(key, shared);
    }

    /** A handler goes. Returns the id to unsubscribe, 0 for none. */
    long removeLocked(Key key, EventQueue queue) {
        queue.closeLocked();
        Shared shared = byKey.get(key);
        return shared != null && shared.queues.remove(queue) ? leftLocked(key, shared) : 0;
    }

    /** An {@code UNSUBSCRIBE} was answered. */
    void unsubscribedLocked(long id) {
        byId.computeIfPresent(id, (same, shared) -> shared.isUnused() ? null : shared);
    }

    /** The router ended a subscription. Returns what is to be done once the lock is free. */
    Runnable revokedLocked(long id, String reason) {
        Shared shared = byId.remove(id);
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

    /** Hands an event to its handlers; returns the queues to start, null if there is no such subscription. */
    @Nullable
    List<EventQueue> eventLocked(Event event, int size) {
        Shared shared = byId.get(event.subscription());
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

    private Shared shared(Key key) {
        return Objects.requireNonNull(byKey.get(key), "no SUBSCRIBE is open");
    }

    private long leftLocked(Key key, Shared shared) {
        if (!shared.isUnused()) {
            return 0;
        }
        byKey.remove(key);
        return shared.id;
    }
}
