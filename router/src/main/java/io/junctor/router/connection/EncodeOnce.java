package io.junctor.router.connection;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** Counting who holds a smaller event would cost more than it tells. */
    private static final int SMALL_BYTES = 1 << 10;

    private static final int SERIALIZERS = Serializer.values().length;

    private final Event event;
    private final int heldBytes;
    /** How many outboxes hold it; counted only where it is {@linkplain #isShared large}. */
    private final AtomicInteger holders = new AtomicInteger();

    private final AtomicReferenceArray<byte[]> encoded = new AtomicReferenceArray<>(SERIALIZERS);

    /** A cell for {@code event}, with nothing encoded. */
    public EncodeOnce(Event event) {
        this.event = event;
        this.heldBytes = HeldBytes.of(event);
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** The bytes that the event keeps of the heap while nothing is encoded. */
    public int heldBytes() {
        return heldBytes;
    }

    /** Whether it is so large that its bytes are counted once for all outboxes that hold it, not in each. */
    boolean isShared() {
        return heldBytes > SMALL_BYTES;
    }

    /** One more outbox holds it: with the first one it counts, with its encoded form. */
    void hold(MemoryPressure pressure) {
        if (holders.getAndIncrement() == 0) {
            pressure.add(2L * heldBytes);
        }
    }

    /** One outbox that held it does no longer: with the last one it stops counting. */
    void release(MemoryPressure pressure) {
        if (holders.decrementAndGet() == 0) {
            pressure.add(-2L * heldBytes);
        }
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
