package io.junctor.router.broker;

import io.junctor.router.turn.InTurn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The subscribers of a subscription in the order in which they came, in slots: whoever leaves leaves an empty one.
 * Adding and removing take constant time, but for moving together now and then, which waits while somebody walks over the slots
 * in several turns.
 */
final class SubscriberList {
    private @Nullable Subscriber[] slots = new Subscriber[2];
    private int used;
    private int present;
    private int walkers;

    @InTurn
    void add(Subscriber subscriber) {
        if (used == slots.length) {
            makeRoom();
        }
        subscriber.slot = used;
        slots[used++] = subscriber;
        present++;
    }

    @InTurn
    void remove(Subscriber subscriber) {
        slots[subscriber.slot] = null;
        present--;
        if (present == 0 && walkers == 0) {
            used = 0;
        }
    }

    /** How many are present. */
    @InTurn
    int size() {
        return present;
    }

    /** One more than the last slot in use: slots from here on are of later comers. */
    @InTurn
    int end() {
        return used;
    }

    /** The subscriber in {@code slot}, or null if it left. */
    @InTurn
    @Nullable
    Subscriber at(int slot) {
        return slots[slot];
    }

    /** The slots as they are now, empty ones among them. */
    @InTurn
    @Nullable
    Subscriber[] copy() {
        return Arrays.copyOf(slots, used);
    }

    /** Slots stay where they are until {@link #endWalk}. */
    @InTurn
    void beginWalk() {
        walkers++;
    }

    @InTurn
    void endWalk() {
        walkers--;
    }

    private void makeRoom() {
        if (walkers == 0 && present <= used / 2) {
            moveTogether();
        } else {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
    }

    private void moveTogether() {
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
