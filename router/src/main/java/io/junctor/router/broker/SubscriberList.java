package io.junctor.router.broker;

import io.junctor.router.turn.InTurn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of a subscription in the order in which they subscribed, each in a slot. Removing a subscriber leaves an empty slot.
 * Adding and removing take constant time, except when the list is compacted. It is compacted from time to time, but never while its slots
 * are pinned. Confined to the realm's turn.
 */
final class SubscriberList {
    private @Nullable Subscriber[] slots = new Subscriber[2];
    private int used;
    private int size;
    private int pins;

    @InTurn
    void add(Subscriber subscriber) {
        if (used == slots.length) {
            makeRoom();
        }
        subscriber.slot = used;
        slots[used++] = subscriber;
        size++;
    }

    @InTurn
    void remove(Subscriber subscriber) {
        slots[subscriber.slot] = null;
        size--;
        if (size == 0 && pins == 0) {
            used = 0;
        }
    }

    /** The number of subscribers. */
    @InTurn
    int size() {
        return size;
    }

    /** The index after the last used slot: later subscribers get slots from here on. */
    @InTurn
    int end() {
        return used;
    }

    /** The subscriber in {@code slot}, or null if it was removed. */
    @InTurn
    @Nullable
    Subscriber at(int slot) {
        return slots[slot];
    }

    /** A copy of the slots, including empty ones. */
    @InTurn
    @Nullable
    Subscriber[] copy() {
        return Arrays.copyOf(slots, used);
    }

    /** Keeps all subscribers in their slots until {@link #unpinSlots}. */
    @InTurn
    void pinSlots() {
        pins++;
    }

    @InTurn
    void unpinSlots() {
        pins--;
    }

    private void makeRoom() {
        if (pins == 0 && size <= used / 2) {
            compact();
        } else {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
    }

    private void compact() {
        int to = 0;
        for (int from = 0; from < used; from++) {
            Subscriber subscriber = slots[from];
            if (subscriber != null) {
                slots[to] = subscriber;
                subscriber.slot = to++;
            }
        }
        Arrays.fill(slots, to, used, null);
        used = to;
    }
}
