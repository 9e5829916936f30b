package io.junctor.router.turn;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final Queue<QueuedOperation> arrived = new ConcurrentLinkedQueue<>();

    // Of the holder.
    private final IdentityHashMap<OperationSource, Line> lines = new IdentityHashMap<>();
    private final ArrayDeque<Line> busySources = new ArrayDeque<>();
    /** The line of the operation that was taken last, if it has more. */
    private @Nullable Line served;
    /** What the first source of the line may still do before the next one is served. */
    private int stepsLeft = STEPS;
    /** How many operations of other sources were taken since the last one of a source that lines up. */
    private int others;

    /** Adds an operation. */
    void add(QueuedOperation operation) {
        arrived.add(operation);
    }

    /** Whether there is an operation that the holder has not seen yet. */
    boolean hasNew() {
        return !arrived.isEmpty();
    }

    /** Whether the operations of a source with many of them wait. Called by the holder. */
    boolean hasBusySources() {
        return !busySources.isEmpty();
    }

    /** Takes the operation that runs next, or null if there is none. Called by the holder. */
    @Nullable
    QueuedOperation take() {
        served = null;
        QueuedOperation other = others < OTHERS || busySources.isEmpty() ? takeArrived() : null;
        if (other != null) {
            others++;
            return other;
        }
        others = 0;
        return takeOfBusySource();
    }

    private @Nullable QueuedOperation takeArrived() {
        QueuedOperation operation = arrived.poll();
        while (operation != null && isBehindOthers(operation)) {
            operation = arrived.poll();
        }
        return operation;
    }

    /** Whether {@code operation} belongs to a source with many operations: then it was put behind those. */
    private boolean isBehindOthers(QueuedOperation operation) {
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

    private @Nullable QueuedOperation takeOfBusySource() {
        if (stepsLeft <= 0) {
            busySources.add(busySources.remove());
            stepsLeft = STEPS;
        }
        Line line = busySources.peek();
        if (line == null) {
            return null;
        }
        QueuedOperation taken = line.remove();
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
     * The operations of a source that has many. The source does not hold its line, because it may have operations in the mailboxes of
     * two realms: of the one that its client left, and of the one that it joins.
     */
    private static final class Line {
        private final OperationSource source;
        private @Nullable QueuedOperation first;
        private QueuedOperation last;

        Line(OperationSource source, QueuedOperation operation) {
            this.source = source;
            this.first = operation;
            this.last = operation;
        }

        void add(QueuedOperation operation) {
            last.next = operation;
            last = operation;
        }

        @Nullable
        QueuedOperation remove() {
            QueuedOperation removed = first;
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
