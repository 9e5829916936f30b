package io.junctor.router.connection;

import io.junctor.router.connection.transport.WireForm;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An event for many receivers, encoded at most once per serialization. Thread-safe.
 *
 * <p>Several threads flush the outboxes that hold the event; the first that needs the bytes encodes it.
 * The cell of a serialization changes once, from empty to its bytes. If two threads find it empty, both encode; the
 * first stores its array and the other uses that array too, so all receivers share one. If the event has no form in a
 * serialization, its cell stays empty.
 */
public final class OnceEncodedEvent {
    /**
     * The size up to which an event is counted in each outbox. For smaller events, counting the outboxes that share
     * them would cost more than it saves.
     */
    private static final int SMALL_BYTES = 1 << 10;

    /** The value of one outbox in {@link #holders}; larger than the total size of all forms of an event. */
    private static final long HOLDER = 1L << 40;

    private static final int SERIALIZERS = Serializer.values().length;

    private final Event event;
    private final int heldBytes;
    /**
     * The number of outboxes that hold the event, times {@link #HOLDER}, plus the bytes of its forms in other serializations than the
     * publisher's. Both are in one number, so that exactly the counted bytes are subtracted later. Null unless the event is
     * {@linkplain #isShared large}.
     */
    private final @Nullable AtomicLong holders;

    /** The budget that counts the bytes of the event. Written in the turn before a thread encodes the event for an outbox. */
    private @Nullable OutboxBudget counting;

    /** The encoded event in each serialization, followed by the event in the shared {@link WireForm} in each serialization. */
    private final AtomicReferenceArray<byte[]> encoded = new AtomicReferenceArray<>(2 * SERIALIZERS);

    /** Creates an object for {@code event} with no encoded form. */
    public OnceEncodedEvent(Event event) {
        this.event = event;
        this.heldBytes = HeapEstimate.of(event);
        this.holders = isShared() ? new AtomicLong() : null;
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** The bytes of heap that the event uses while it has no encoded form. */
    public int heldBytes() {
        return heldBytes;
    }

    /** Whether the event is large, so that its bytes are counted once for all outboxes that hold it, and not in each outbox. */
    boolean isShared() {
        return heldBytes > SMALL_BYTES;
    }

    /**
     * Adds an outbox that holds the event. The first outbox adds the event and its form in the publisher's serialization to the budget.
     * Forms in other serializations are added when they are made.
     */
    void hold(OutboxBudget budget) {
        counting = budget;
        long before = holders().getAndAdd(HOLDER);
        if (before < HOLDER) {
            budget.add(2L * heldBytes + before);
        }
    }

    /** Removes an outbox that held the event. The last outbox subtracts the event from the budget. */
    void release(OutboxBudget budget) {
        long left = holders().addAndGet(-HOLDER);
        if (left < HOLDER) {
            budget.add(-2L * heldBytes - left);
        }
    }

    private void countTranscoded(int bytes) {
        OutboxBudget budget = counting;
        if (budget != null && holders().getAndAdd(bytes) >= HOLDER) {
            budget.add(bytes);
        }
    }

    private AtomicLong holders() {
        return Objects.requireNonNull(holders, "a small event is not counted");
    }

    /**
     * Returns the encoded event in {@code form}, or without a form if that is null. The caller must not change the array.
     *
     * @throws UnrepresentableException if it cannot be encoded in that serialization
     */
    byte[] bytes(Codecs codecs, Serializer serializer, @Nullable WireForm form) throws UnrepresentableException {
        if (form == null) {
            return bytes(codecs, serializer);
        }
        if (!form.isShared()) {
            return form.of(bytes(codecs, serializer));
        }
        int cell = SERIALIZERS + serializer.ordinal();
        byte[] stored = encoded.get(cell);
        if (stored != null) {
            return stored;
        }
        byte[] made = form.of(bytes(codecs, serializer));
        byte[] first = encoded.compareAndExchange(cell, null, made);
        if (first != null) {
            return first;
        }
        countTranscoded(made.length);
        return made;
    }

    /**
     * Returns the encoded event. The caller must not change the array.
     *
     * @throws UnrepresentableException if the serialization cannot express a value of the event
     */
    public byte[] bytes(Codecs codecs, Serializer serializer) throws UnrepresentableException {
        byte[] stored = encoded.get(serializer.ordinal());
        if (stored != null) {
            return stored;
        }
        byte[] made = codecs.encode(event, serializer);
        byte[] first = encoded.compareAndExchange(serializer.ordinal(), null, made);
        if (first != null) {
            return first;
        }
        if (serializer != event.payload().serializer()) {
            countTranscoded(made.length);
        }
        return made;
    }
}
