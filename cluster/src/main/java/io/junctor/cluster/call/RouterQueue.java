package io.junctor.cluster.call;

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
 * What waits to be sent to one router. The router may have {@link #CREDIT} bytes that it has not taken yet; what comes beyond waits, and so
 * should those who send. What reached no router is sent again, before all that came later. Thread-safe; actions run without its lock.
 */
final class RouterQueue {
    /** How many bytes a router may have that it has not taken, but for one item. */
    static final long CREDIT = 4 << 20;
    /** What an item weighs besides its arguments, which also bounds the number of items. */
    static final int ITEM_BYTES = 1 << 10;

    private static final int PARCEL_BYTES = 1 << 16;
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long QUESTION_NANOS = 1_000_000_000L;

    final long router;
    private final LongAdder usedUp;
    // Guarded by this, as are positions: sums of the weights of all items up to one.
    private final Deque<WaitingItem> waiting = new ArrayDeque<>();
    /** What was sent and may not be taken yet, as long as the engine remembers it. */
    private final Deque<WeakReference<Parcel>> underWay = new ArrayDeque<>();

    private final List<Runnable> whenWritable = new ArrayList<>(0);
    private long added;
    private long sent;
    private long taken;
    private long parcels;
    /** Whether it is about to be looked at by the sender. */
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

    /** {@code usedUp} counts how often the router has no credit left. */
    RouterQueue(long router, LongAdder usedUp) {
        this.router = router;
        this.usedUp = usedUp;
    }

    /** Adds an item; returns whether the router takes more. */
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

    /** Whether the sender has to be told to look at this queue; false until it has looked. */
    synchronized boolean list() {
        boolean isNew = !isListed;
        isListed = true;
        return isNew;
    }

    /** The sender looks at it now. */
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

    /** Whether it has to be looked at from time to time, by {@link #isDue} and {@link #question}. */
    synchronized boolean needsWatch() {
        return isOutOfReach || needsCredit();
    }

    /**
     * The position to ask the router about: items or sessions have waited for credit for a second, and the router has not told that it has taken
     * more. Null if the router is not to be asked.
     */
    synchronized @Nullable Long question(long nanos) {
        boolean hasWaited = isStarved && nanos - starvedNanos >= QUESTION_NANOS;
        if (!isStarved || hasWaited) {
            starvedNanos = nanos;
        }
        isStarved = needsCredit();
        return isStarved && hasWaited ? sent : null;
    }

    /** The router has taken all up to a position. */
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

    /** The router has nothing that it has not taken, as it cannot be reached. */
    synchronized void onNothingTaken() {
        onTaken(sent);
    }

    /** The actions that waited for room, if there is some; the caller has to run them. */
    synchronized List<Runnable> takeDueActions() {
        if (added - taken > CREDIT / 2) {
            return List.of();
        }
        List<Runnable> actions = List.copyOf(whenWritable);
        whenWritable.clear();
        return actions;
    }

    /** Runs {@code action} when the router takes more. Returns whether it does, and the caller has to run it. */
    synchronized boolean isWritableOr(Runnable action) {
        boolean isWritable = isWritable();
        if (!isWritable) {
            whenWritable.add(action);
        }
        return isWritable;
    }

    /**
     * A parcel certainly reached no router. Returns what may go elsewhere, which is not sent again.
     */
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
            // Nothing is sent again, so nothing has to wait for it.
            isOutOfReach = false;
            giveCreditBack();
        }
        return elsewhere;
    }

    /** Whether what reached no router is to be tried again now: all that was under way has been told. */
    synchronized boolean isDue(long nanos) {
        return isOutOfReach && nanos - unheardNanos >= RETRY_NANOS;
    }

    /** What may go elsewhere while the router cannot be reached, which is not sent any more. */
    synchronized List<CallItem> takeMovable() {
        return isOutOfReach ? remove(waiting, WaitingItem::mayGoElsewhere) : List.of();
    }

    /** Sends again what reached no router. Returns what is not sent again: it was tried for too long, or would come out of order. */
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

    /** The router has ended: nothing more is sent. Returns what waited for it. */
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

    /** Whether all parcels from the first one on that reached no router reached none. */
    private boolean areLastUnheard() {
        return unheardParcels == parcels - firstUnheard + 1;
    }

    /** If the last parcels reached no router, the router has nothing that it may still take. */
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
