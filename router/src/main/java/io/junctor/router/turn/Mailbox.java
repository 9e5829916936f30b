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
 * <p>Operations are taken in the order in which they were added, except the operations of busy sources, which have more than {@link #FEW}
 * waiting operations. Busy sources take turns by round-robin: from each source, operations of about {@link #STEPS} steps are taken in a
 * row. While operations of other sources wait, one operation of a busy source is taken after every {@link #OTHERS} operations of other
 * sources. So an operation of a quiet client does not wait for all operations of busy clients.
 */
final class Mailbox {
    /** The number of waiting operations above which a source is busy. */
    static final int FEW = 4;
    /** The number of steps after which the next busy source is served. */
    static final int STEPS = 64;
    /** The number of operations of other sources that are taken before an operation of a busy source. */
    static final int OTHERS = 16;

    /** The maximum number of bytes of a small operation. */
    static final int SMALL_BYTES = 4_096;

    private final Turnstile.Bounds bounds;
    /** Counts the waiting operations. An operation is counted after it was added. */
    private final Backlog waiting = new Backlog();

    private final Queue<Operation> arrived = new ConcurrentLinkedQueue<>();

    // Used by the holder.
    private final IdentityHashMap<OperationSource, SourceQueue> lines = new IdentityHashMap<>();
    private final ArrayDeque<SourceQueue> busySources = new ArrayDeque<>();
    /** The line from which the last operation was taken, if it contains more operations. */
    private @Nullable SourceQueue served;
    /** The number of steps that the first busy source may still take before the next busy source is served. */
    private int stepsLeft = STEPS;
    /** The number of operations of other sources that were taken since the last operation of a busy source. */
    private int others;

    /**
     * Creates an empty mailbox. Before a caller adds an operation, it must check by {@link #hasRoom} whether {@code bounds} leave room,
     * except for operations with a slot of their own, to which the bounds do not apply.
     */
    Mailbox(Turnstile.Bounds bounds) {
        this.bounds = bounds;
    }

    /** The waiting operations and their bytes. The sums may be negative, because an operation may be taken before it is counted. */
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

    /**
     * Whether a source that had reached its bound may continue. The threshold is half of the bound, so that the source does not alternate
     * between stopping and continuing.
     */
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

    /** Whether operations of a busy source wait. Called by the holder. */
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

    /** Adds {@code operation} to the line of its source if the source is busy; returns whether it was added there. */
    private boolean isBehindOthers(Operation operation) {
        OperationSource source = operation.source;
        if (source == null) {
            return false;
        }
        SourceQueue line = busySources.isEmpty() ? null : lines.get(source);
        if (line != null) {
            line.add(operation);
        } else if (source.waiting.operations() > FEW) {
            line = new SourceQueue(source, operation);
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
        SourceQueue line = busySources.peek();
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

    /** Records that the last operation that was taken has done {@code steps}. Called by the holder. */
    void charge(int steps) {
        if (served != null) {
            stepsLeft -= steps;
        }
    }

    /**
     * Counts the operations that wait and the bytes that they hold. Both numbers are in one word and change in one atomic step, so counting
     * the bytes costs nothing extra. Thread-safe.
     *
     * <p>The lower {@value #BYTE_BITS} bits contain the bytes as a signed number, the upper bits the number of operations. Both sums are
     * correct even if an operation is removed before it is added; they may then be negative.
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

        /** The number of operations. */
        int operations() {
            return operations(word.get());
        }

        /** The bytes that the operations hold. */
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
     * The waiting operations of a busy source. The line is not a field of the source, because a source may have operations in the mailboxes
     * of two realms: the realm that its client left and the realm that it joins.
     */
    private static final class SourceQueue {
        private final OperationSource source;
        private @Nullable Operation first;
        private Operation last;

        SourceQueue(OperationSource source, Operation operation) {
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
