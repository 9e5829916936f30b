package io.junctor.router.connection;

import io.junctor.router.connection.transport.MessageForm;
import io.junctor.router.memory.HeldBytes;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An event for many receivers, encoded at most once per serialization. Thread-safe.
 *
 * <p>The outboxes of one publication are flushed by several threads; the first that needs the bytes encodes the event.
 * The cell of a serialization changes once, from empty to its bytes. If two threads find it empty, both encode; the
 * first stores its array and the other uses that array too, so all receivers share one. If the event has no form in a
 * serialization, its cell stays empty.
 */
public final class EncodeOnce {
    /**
     * The size up to which an event is counted in each outbox. For smaller events, counting the outboxes that share
     * them would cost more than it saves.
     */
    private static final int SMALL_BYTES = 1 << 10;

    /** One outbox in {@link #holders}: more than all forms of an event have bytes. */
    private static final long HOLDER = 1L << 40;

    private static final int SERIALIZERS = Serializer.values().length;

    private final Event event;
    private final int heldBytes;
    /**
     * How many outboxes hold it, times {@link #HOLDER}, plus the bytes of its forms in other serializations than the publisher's: one
     * number, so that what is counted is always subtracted. Null where it is not {@linkplain #isShared large}.
     */
    private final @Nullable AtomicLong holders;

    /** Where its bytes are counted. Written in the turn before a thread encodes it for an outbox. */
    private @Nullable OutboxBudget counting;

    /** The event in each serialization as it is encoded, and behind them in each serialization in the shared form. */
    private final AtomicReferenceArray<byte[]> encoded = new AtomicReferenceArray<>(2 * SERIALIZERS);

    /** A cell for {@code event}, with nothing encoded. */
    public EncodeOnce(Event event) {
        this.event = event;
        this.heldBytes = HeldBytes.of(event);
        this.holders = isShared() ? new AtomicLong() : null;
    }

    /** The event. */
    public Event event() {
        return event;
    }

    /** The bytes that the event keeps of the heap while nothing is encoded. */
    public int heldBytes() {
        return heldBytes;
    }

    /**
     * Whether its bytes are counted once for all outboxes that hold it, because it is large, and not in each outbox.
     */
    boolean isShared() {
        return heldBytes > SMALL_BYTES;
    }

    /**
     * One more outbox holds it: with the first one it counts, with its form in the publisher's serialization. Its forms in other
     * serializations count when they are made.
     */
    void hold(OutboxBudget budget) {
        counting = budget;
        long before = holders().getAndAdd(HOLDER);
        if (before < HOLDER) {
            budget.add(2L * heldBytes + before);
        }
    }

    /** An outbox no longer holds it. With the last outbox it is no longer counted. */
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
     * The event's bytes in a form, or as they are encoded without one; not to be changed.
     *
     * @throws Unrepresentable if it cannot be encoded in that serialization
     */
    byte[] bytes(Codecs codecs, Serializer serializer, @Nullable MessageForm form) throws Unrepresentable {
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
        if (first != null) {
            return first;
        }
        if (serializer != event.payload().serializer()) {
            countTranscoded(made.length);
        }
        return made;
    }
}
