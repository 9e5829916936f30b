package io.junctor.router.turn;

import io.junctor.router.turn.Turnstile.Operation;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for a turn. Any thread adds; the holder of the turn takes. The operations of a source are taken in
 * the order in which they were added.
 *
 * <p>Operations are taken in the order in which they were added, except those of a source that has more than {@link #FEW} waiting:
 * such sources line up, and each gives operations of about {@link #STEPS} steps when it is its turn. While operations of other sources wait, one of these is
 * taken after {@link #OTHERS} others. So an operation of a quiet client does not wait for all those of busy ones.
 */
final class Mailbox {
    /** A source that has more operations waiting than these lines up. */
    static final int FEW = 4;
    /** The steps of the operations that a source may give before the next one is served. */
    static final int STEPS = 64;
    /** How many operations of other sources are taken before one of a source that lines up. */
    static final int OTHERS = 16;

    /** An operation with so many bytes or fewer is small. */
    static final int SMALL_BYTES = 4_096;

    private final Turnstile.Bounds bounds;
    /** Counts the operations. An operation is counted after it was added. */
    private final Backlog waiting = new Backlog();

    private final Queue<Operation> arrived = new ConcurrentLinkedQueue<>();

    // Of the holder.
    private final IdentityHashMap<OperationSource, Line> lines = new IdentityHashMap<>();
    private final ArrayDeque<Line> busySources = new ArrayDeque<>();
    /** The line of the operation that was taken last, if it has more. */
    private @Nullable Line served;
    /** What the first source of the line may still do before the next one is served. */
    private int stepsLeft = STEPS;
    /** How many operations of other sources were taken since the last one of a source that lines up. */
    private int others;

    /** {@code bounds} limit what is added; who adds asks first whether there is room, but for operations with a slot of their own. */
    Mailbox(Turnstile.Bounds bounds) {
        this.bounds = bounds;
    }

    /** What waits. The sums may be negative, as an operation may be taken before it is counted. */
    Backlog waiting() {
        return waiting;
    }

    // ---- Room.

    /** Whether the source of {@code operation} may add it. */
    boolean hasRoom(Operation operation) {
        OperationSource source = operation.source;
        return source == null
                || (source.waiting.isBelow(bounds.operationsPerSource(), bounds.bytesPerSource())
                        && hasRoomBeside(source, operation.bytes));
    }

    /** Whether a source that was at its bound may go on; lower than the bound, so that it does not stop and go. */
    boolean mayGoOn(OperationSource source, int bytes) {
        return source.waiting.isBelow(bounds.operationsPerSource() / 2 + 1, bounds.bytesPerSource() / 2 + 1)
                && hasRoomBeside(source, bytes);
    }

    /** Whether the operations of other sources leave room; a small operation of a quiet source may take a quarter more bytes. */
    private boolean hasRoomBeside(OperationSource source, int bytes) {
        boolean isSmall = bytes <= SMALL_BYTES && source.waiting.operations() <= 0;
        return waiting.isBelow(bounds.operations(), isSmall ? bounds.bytes() + bounds.bytes() / 4 : bounds.bytes())
                && (waiting.operations() <= 0 || !bounds.together().isFull(isSmall));
    }

    // ---- Order.

    /**
     * Adds an operation. Counts last: a thread that counts an operation then checks whether the turn is free, so no
     * other thread waits for it.
     */
    void add(Operation operation) {
        OperationSource source = operation.source;
        if (source != null) {
            source.waiting.add(operation.bytes);
        }
        bounds.together().add(operation.bytes);
        arrived.add(operation);
        waiting.add(operation.bytes);
    }

    /** Whether there is an operation that the holder has not seen yet. */
    boolean hasNew() {
        return !arrived.isEmpty();
    }

    /** Whether the operations of a source with many of them wait. Called by the holder. */
    boolean hasBusySources() {
        return !busySources.isEmpty();
    }

    /** Takes the operation that runs next, or returns null if no operation waits. Called by the holder. */
    @Nullable
    Operation take() {
        Operation next = next();
        if (next != null) {
            waiting.remove(next.bytes);
            bounds.together().remove(next.bytes);
            if (next.source != null) {
                next.source.waiting.remove(next.bytes);
            }
        }
        return next;
    }

    private @Nullable Operation next() {
        served = null;
        Operation other = others < OTHERS || busySources.isEmpty() ? takeArrived() : null;
        if (other != null) {
            others++;
            return other;
        }
        others = 0;
        return takeOfBusySource();
    }

    private @Nullable Operation takeArrived() {
        Operation operation = arrived.poll();
        while (operation != null && isBehindOthers(operation)) {
            operation = arrived.poll();
        }
        return operation;
    }

    /** Whether {@code operation} belongs to a source with many operations: then it was put behind those. */
    private boolean isBehindOthers(Operation operation) {
        OperationSource source = operation.source;
        if (source == null) {
            return false;
        }
        Line line = busySources.isEmpty() ? null : lines.get(source);
        if (line != null) {
            line.add(operation);
        } else if (source.waiting.operations() > FEW) {
            line = new Line(source, operation);
            lines.put(source, line);
            busySources.add(line);
        }
        return line != null;
    }

    private @Nullable Operation takeOfBusySource() {
        if (stepsLeft <= 0) {
            busySources.add(busySources.remove());
            stepsLeft = STEPS;
        }
        Line line = busySources.peek();
        if (line == null) {
            return null;
        }
        Operation taken = line.remove();
        if (line.isEmpty()) {
            lines.remove(line.source);
            busySources.remove();
            stepsLeft = STEPS;
        } else {
            served = line;
        }
        return taken;
    }

    /** Tells that the operation that was taken last has done {@code steps}. Called by the holder. */
    void charge(int steps) {
        if (served != null) {
            stepsLeft -= steps;
        }
    }

    /**
     * Counts the operations that wait and the bytes that they hold. Both are in one word and change in one step, so
     * counting bytes costs nothing extra. Thread-safe.
     *
     * <p>The lower {@value #BYTE_BITS} bits are the bytes with a sign, the upper bits the operations. If an operation is
     * removed before it is added, both sums are correct all the time, although they may be negative.
     */
    static final class Backlog {
        private static final int BYTE_BITS = 40;
        private static final long ONE_OPERATION = 1L << BYTE_BITS;

        private final AtomicLong word = new AtomicLong();

        /** Adds an operation that holds {@code bytes}. */
        void add(int bytes) {
            word.getAndAdd(ONE_OPERATION + bytes);
        }

        /** Removes an operation that holds {@code bytes}. */
        void remove(int bytes) {
            word.getAndAdd(-ONE_OPERATION - bytes);
        }

        /** How many operations there are. */
        int operations() {
            return operations(word.get());
        }

        /** How many bytes they hold. */
        long bytes() {
            return bytes(word.get());
        }

        /** Whether there are fewer operations than {@code operations} with fewer bytes than {@code bytes}. */
        boolean isBelow(int operations, long bytes) {
            long now = word.get();
            return operations(now) < operations && bytes(now) < bytes;
        }

        private static long bytes(long word) {
            return word << (Long.SIZE - BYTE_BITS) >> (Long.SIZE - BYTE_BITS);
        }

        private static int operations(long word) {
            return (int) ((word - bytes(word)) >> BYTE_BITS);
        }
    }

    /**
     * The operations of a source that has many. The source does not hold its line, because it may have operations in the mailboxes of
     * two realms: of the one that its client left, and of the one that it joins.
     */
    private static final class Line {
        private final OperationSource source;
        private @Nullable Operation first;
        private Operation last;

        Line(OperationSource source, Operation operation) {
            this.source = source;
            this.first = operation;
            this.last = operation;
        }

        void add(Operation operation) {
            last.next = operation;
            last = operation;
        }

        @Nullable
        Operation remove() {
            Operation removed = first;
            if (removed != null) {
                first = removed.next;
                removed.next = null;
            }
            return removed;
        }

        boolean isEmpty() {
            return first == null;
        }
    }
}
