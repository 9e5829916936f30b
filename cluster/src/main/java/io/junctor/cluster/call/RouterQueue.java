package io.junctor.cluster.call;

import io.junctor.cluster.engine.RouterId;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The queue of items for one router, with flow control. At most {@link #CREDIT} bytes that the router has not taken may be under way; further
 * items wait, and their senders should pause. Items that reached no router are sent again, before all later items. Thread-safe; actions run
 * without the lock of the queue.
 */
final class RouterQueue {
    /** How many bytes that a router has not taken may be under way; the last item may exceed this. */
    static final long CREDIT = 4 << 20;
    /** The weight of an item in addition to the bytes of its arguments; so the credit also limits the number of items. */
    static final int ITEM_BYTES = 1 << 10;

    private static final int PARCEL_BYTES = 1 << 16;
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long QUESTION_NANOS = 1_000_000_000L;

    final long router;
    /** The subject of messages to the router. */
    final String subject;

    private final LongAdder usedUp;
    // Guarded by this, as are the next fields. A position is the sum of the weights of all items up to and including an
    // item.
    private final Deque<WaitingItem> waiting = new ArrayDeque<>();
    /** The parcels that were sent and may not be taken yet, as long as the engine references them. */
    private final Deque<WeakReference<Parcel>> underWay = new ArrayDeque<>();

    private final List<Runnable> whenWritable = new ArrayList<>(0);
    private long added;
    private long sent;
    private long taken;
    private long parcels;
    /** Whether the sender is about to look at this queue. */
    private boolean isListed;

    /** Whether items or sessions have waited for credit since {@link #starvedNanos}. */
    private boolean isStarved;

    private long starvedNanos;

    /** Items that reached no router, until they are sent again; nothing else is sent meanwhile. */
    private final List<WaitingItem> unheard = new ArrayList<>(0);

    private boolean isOutOfReach;
    private long unheardNanos;
    private long firstUnheard;
    private long unheardParcels;

    /** {@code usedUp} counts how often the credit of the router is used up. */
    RouterQueue(long router, LongAdder usedUp) {
        this.router = router;
        this.subject = new RouterId(router).toString();
        this.usedUp = usedUp;
    }

    /** Adds an item; returns whether the router accepts more. */
    synchronized boolean add(CallItem item) {
        boolean wasWritable = isWritable();
        long start = added;
        added += ITEM_BYTES + item.bytes();
        waiting.add(new WaitingItem(item, start, added));
        boolean isWritable = isWritable();
        if (wasWritable && !isWritable) {
            usedUp.increment();
        }
        return isWritable;
    }

    /** Marks this queue for the sender; returns whether it was not marked, so that the caller has to list it. */
    synchronized boolean list() {
        boolean isNew = !isListed;
        isListed = true;
        return isNew;
    }

    /** Removes the mark of {@link #list}, because the sender looks at the queue now. */
    synchronized void unlist() {
        isListed = false;
    }

    /** The next parcel to send, or null if nothing may be sent now. */
    synchronized @Nullable Parcel next() {
        List<WaitingItem> items = new ArrayList<>();
        long start = sent;
        while (!isOutOfReach && hasCredit() && !waiting.isEmpty() && sent - start < PARCEL_BYTES) {
            WaitingItem item = waiting.remove();
            sent = item.position;
            items.add(item);
        }
        if (items.isEmpty()) {
            return null;
        }
        Parcel parcel = new Parcel(++parcels, items);
        underWay.add(new WeakReference<>(parcel));
        return parcel;
    }

    /** Whether the queue has to be checked from time to time, by {@link #isDue} and {@link #question}. */
    synchronized boolean needsWatch() {
        return isOutOfReach || needsCredit();
    }

    /**
     * Returns the position about which the router has to be asked: items or sessions have waited for credit for a second, and the router has
     * acknowledged nothing more. Null if the router is not to be asked.
     */
    synchronized @Nullable Long question(long nanos) {
        boolean hasWaited = isStarved && nanos - starvedNanos >= QUESTION_NANOS;
        if (!isStarved || hasWaited) {
            starvedNanos = nanos;
        }
        isStarved = needsCredit();
        return isStarved && hasWaited ? sent : null;
    }

    /** Handles the acknowledgement that the router has taken all items up to a position. */
    synchronized void onTaken(long position) {
        if (position > taken && position <= sent) {
            taken = position;
            isStarved = false;
            for (WeakReference<Parcel> first = underWay.peek(); first != null; first = underWay.peek()) {
                Parcel parcel = first.get();
                if (parcel != null && parcel.end > position) {
                    break;
                }
                if (parcel != null) {
                    parcel.clear();
                }
                underWay.remove();
            }
        }
    }

    /** Counts all sent items as taken, because the router cannot be reached. */
    synchronized void onNothingTaken() {
        onTaken(sent);
    }

    /** Removes and returns the actions that waited for credit, if there is enough; the caller has to run them. */
    synchronized List<Runnable> takeDueActions() {
        if (added - taken > CREDIT / 2) {
            return List.of();
        }
        List<Runnable> actions = List.copyOf(whenWritable);
        whenWritable.clear();
        return actions;
    }

    /** Returns whether the router accepts more items: then the caller has to run {@code action}. Otherwise the action waits for credit. */
    synchronized boolean isWritableOr(Runnable action) {
        boolean isWritable = isWritable();
        if (!isWritable) {
            whenWritable.add(action);
        }
        return isWritable;
    }

    /** Handles a parcel that certainly reached no router. Returns the items that may go to another callee; they are not sent again. */
    synchronized List<CallItem> onUnheard(Parcel parcel, long nanos) {
        if (!isOutOfReach) {
            isOutOfReach = true;
            firstUnheard = parcel.number;
            unheardParcels = 0;
        }
        firstUnheard = Math.min(firstUnheard, parcel.number);
        unheardParcels++;
        unheardNanos = nanos;
        for (WaitingItem item : parcel.items()) {
            item.unheard(nanos);
        }
        unheard.addAll(parcel.items());
        List<CallItem> elsewhere = remove(unheard, WaitingItem::mayGoElsewhere);
        if (unheard.isEmpty()) {
            // Nothing is sent again, so later items need not wait.
            isOutOfReach = false;
            giveCreditBack();
        }
        return elsewhere;
    }

    /** Whether the items that reached no router are to be sent again now: by now, each parcel under way that reached no router has been reported. */
    synchronized boolean isDue(long nanos) {
        return isOutOfReach && nanos - unheardNanos >= RETRY_NANOS;
    }

    /** Removes and returns the waiting items that may go to another callee, if the router cannot be reached. */
    synchronized List<CallItem> takeMovable() {
        return isOutOfReach ? remove(waiting, WaitingItem::mayGoElsewhere) : List.of();
    }

    /**
     * Queues the items that reached no router once more. Returns the items that are not sent again, because they were tried for too long or
     * would arrive out of order.
     */
    synchronized List<CallItem> tryAgain(long nanos) {
        isOutOfReach = false;
        boolean isInOrder = areLastUnheard();
        List<CallItem> failed = remove(unheard, item -> !isInOrder || item.isTooOld(nanos));
        unheard.sort(
                Comparator.comparingLong((WaitingItem item) -> item.position).reversed());
        unheard.forEach(waiting::addFirst);
        unheard.clear();
        giveCreditBack();
        return failed;
    }

    /** Ends the queue, because the router has ended. Returns the items that waited. */
    synchronized List<CallItem> close() {
        unheard.addAll(waiting);
        waiting.clear();
        sent = added;
        taken = added;
        return remove(unheard, item -> true);
    }

    /** How many items wait. */
    synchronized int size() {
        return waiting.size() + unheard.size();
    }

    /** Whether no parcel from {@link #firstUnheard} on reached a router. */
    private boolean areLastUnheard() {
        return unheardParcels == parcels - firstUnheard + 1;
    }

    /** Gives the credit back if the last parcels reached no router: then the router has no items left to take. */
    private void giveCreditBack() {
        if (areLastUnheard()) {
            sent = waiting.isEmpty() ? added : waiting.getFirst().start;
            taken = sent;
            underWay.clear();
        }
    }

    private static List<CallItem> remove(Collection<WaitingItem> from, Predicate<WaitingItem> which) {
        List<CallItem> removed =
                from.stream().filter(which).map(waiting -> waiting.item).toList();
        from.removeIf(which);
        return removed;
    }

    private boolean hasCredit() {
        return sent - taken < CREDIT;
    }

    private boolean isWritable() {
        return added - taken < CREDIT;
    }

    private boolean needsCredit() {
        return !isOutOfReach && sent > taken && (!waiting.isEmpty() || !whenWritable.isEmpty());
    }
}
