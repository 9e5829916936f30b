package io.junctor.router.session;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Safe for use by many threads. An event for many receivers, encoded at most once per serialization.
 *
 * <p>The problem: the outboxes of one fan-out are flushed by several threads, and whoever needs the bytes first makes them. The
 * cell of a serialization goes from empty to its bytes once and stays so. Two threads that find it empty both
 * encode; the first to store wins and the other takes the winner's array, so all receivers share one. An event that has
 * no form in a serialization leaves the cell empty.
 */
public final class EncodeOnce {
    private static final int SERIALIZERS = Serializer.values().length;

    private final Event event;
    private final int heldBytes;
    private final int receivers;
    private final AtomicReferenceArray<byte[]> encoded = new AtomicReferenceArray<>(SERIALIZERS);

    /** A cell for {@code event}, with nothing encoded, for at most so many receivers. */
    public EncodeOnce(Event event, int receivers) {
        this.event = event;
        this.heldBytes = HeldBytes.of(event);
        this.receivers = Math.max(1, receivers);
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** The bytes that the event keeps of the heap while nothing is encoded. */
    int heldBytes() {
        return heldBytes;
    }

    /** What each receiver's copy costs in memory: its part of the bytes that all share. */
    int bytesPerReceiver() {
        return heldBytes / receivers;
    }

    /**
     * The event's bytes, not to be changed.
     *
     * @throws Unrepresentable if it has no form in that serialization
     */
    public byte[] bytes(Codecs codecs, Serializer serializer) throws Unrepresentable {
        byte[] stored = encoded.get(serializer.ordinal());
        if (stored != null) {
            return stored;
        }
        byte[] made = codecs.encode(event, serializer);
        byte[] first = encoded.compareAndExchange(serializer.ordinal(), null, made);
        return first == null ? made : first;
    }
}
