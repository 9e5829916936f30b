package io.junctor.router.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of a realm one at a time. The thread that submits an operation runs it if the turn is free; else
 * the thread that has the turn runs it (flat combining). The operations that a pass collects run in batches, one turn
 * for each. Thread-safe.
 *
 * <h2>How it works</h2>
 *
 * <p>{@code holder} is the thread that has the turn. {@code mailbox} holds what was submitted while the turn was not
 * free. No operation may be left in the mailbox without a thread that runs it, and no thread may be occupied for ever
 * by the operations of others.
 *
 * <ul>
 *     <li>A submitter first adds to the mailbox, then checks whether the turn is free. A holder first releases the
 *     turn, then checks whether the mailbox is empty. All four are volatile accesses, so at least one of two threads
 *     sees the other.
 *     <li>A thread runs at most {@link #ROUND} operations of the mailbox; fewer if its pass has delivered to many
 *     receivers. If more remain, it releases the turn and calls a worker, at most one at a time. The turn is never
 *     handed over while it is held.
 *     <li>A thread takes the turn without queueing only if nothing waits, so operations of one source never overtake
 *     each other.
 *     <li>A thread that finds the turn taken first waits for a few microseconds, because turns are short: queueing
 *     moves the work and its memory to another processor.
 * </ul>
 *
 * <p>The mailbox is bounded by operations and by the bytes that they hold, in total and for each source. If it is full,
 * the operation is parked in its {@link OperationSource}. A source has at most one parked operation, which may have
 * more bytes than any bound. When the holder has made room it puts a reference into the mailbox; a submitter that parks
 * checks once more whether there is room. The operation stays parked until it runs: at its reference, or just before an
 * operation that must run after it. A small operation of a source that has none waiting may take a quarter more bytes
 * than the bounds, so that large ones of others do not keep it out. The batch of a pass always finds room, so each
 * thread may exceed the bounds by one batch: {@link Pass#BATCH_OPERATIONS} operations, of which only the last exceeds
 * {@link Pass#BATCH_BYTES}. Operations with a slot of their own hold no bytes of a client.
 *
 * <p>No operation stays parked: if there is no room, a counted operation is in the mailbox, or the holder has just
 * taken it. The holder subtracts it, runs it, and then checks what is parked.
 */
public final class Turnstile {
    /** An operation with so many bytes or fewer is small. */
    static final int SMALL_BYTES = 4_096;

    /** How many waiting operations one thread runs before it lets another continue. */
    static final int ROUND = 256;

    /**
     * How often a thread tries to take a turn that is not free: longer than most turns take, shorter than queueing
     * costs. Zero on a machine with one processor.
     */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

    /**
     * The limits of what waits.
     *
     * @param operations the limit of operations
     * @param operationsPerLane the limit of operations of one source
     * @param bytes the limit of bytes; no operation is added once it is reached
     * @param bytesPerLane the limit of bytes of one source; it adds no operation once it is reached
     */
    public record Bounds(int operations, int operationsPerLane, long bytes, long bytesPerLane, MailboxBytes together) {
        /** Whether there is room beside {@code waiting}; small operations may take a quarter more bytes. */
        private boolean haveRoom(Backlog waiting, boolean isSmall) {
            return waiting.isBelow(operations, isSmall ? bytes + bytes / 4 : bytes)
                    && (waiting.operations() <= 0 || !together.isFull(isSmall));
        }

        /** Bounds for operations, none for their bytes. */
        public static Bounds ofOperations(int most, int mostPerLane) {
            long none = Long.MAX_VALUE / 2;
            return new Bounds(most, mostPerLane, none, none, new MailboxBytes(none));
        }
    }

    private final Bounds bounds;
    private final Executor workers;
    private final Consumer<Throwable> faults;

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final Mailbox mailbox = new Mailbox();
    /** Counts the operations in the mailbox. An operation is counted after it was added. */
    private final Backlog waiting = new Backlog();

    private final Queue<OperationSource> parkedLanes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean workerCalled = new AtomicBoolean();
    /** Lanes whose parked operation found room in this turn; touched by the holder only. */
    private List<OperationSource> madeRoom = new ArrayList<>();

    private final Slices slices = new Slices(this);

    /**
     * A turnstile that is free.
     *
     * @param bounds what waits at most
     * @param workers continues where a thread has run its share
     * @param faults told what an operation throws, in the turn
     */
    public Turnstile(Bounds bounds, Executor workers, Consumer<Throwable> faults) {
        this.bounds = bounds;
        this.workers = workers;
        this.faults = faults;
    }

    /** Whether the calling thread has the turn. */
    public boolean isMine() {
        return holder.get() == Thread.currentThread();
    }

    /** What takes many steps in this turn. */
    public Slices slices() {
        return slices;
    }

    /** How many operations wait. */
    public int waiting() {
        return Math.max(0, waiting.operations());
    }

    /** The bytes that the operations hold which wait. */
    public long waitingBytes() {
        return Math.max(0, waiting.bytes());
    }

    /**
     * Runs {@code operation} as {@link #run(OperationSource, int, Runnable)} does, but when the current pass has collected some more or ends: all
     * that it collected is run in one turn.
     */
    public void runInPass(OperationSource lane, int bytes, Runnable operation) {
        assert !isMine() : "the turn never nests";
        if (hasRoom(lane, bytes)) {
            Pass.current().collect(this, new QueuedOperation(lane, bytes, operation, false));
        } else {
            run(lane, bytes, operation);
        }
    }

    /** Runs the batch of a pass. */
    void runAll(QueuedOperation first) {
        if (takeSoon()) {
            QueuedOperation each = first;
            Pass pass = Pass.ofThread();
            while (each != null && !pass.isSpent()) {
                guarded(each.operation);
                each = each.next;
            }
            enqueueAll(each);
            letGo();
        } else {
            enqueueAll(first);
        }
        settle();
    }

    private void enqueueAll(@Nullable QueuedOperation first) {
        for (QueuedOperation each = first, following; each != null; each = following) {
            following = each.next;
            each.next = null;
            enqueue(each);
        }
    }

    /** Runs an operation that holds no bytes of a client, as {@link #run(OperationSource, int, Runnable)}. */
    public void run(OperationSource lane, Runnable operation) {
        run(lane, 0, operation);
    }

    /**
     * Runs {@code operation} now or soon, after all that its source submitted before; parks it if there is no room.
     *
     * @param bytes the bytes of a client's messages that the operation holds
     */
    public void run(OperationSource lane, int bytes, Runnable operation) {
        assert !isMine() : "the turn never nests";
        Pass.runCollected();
        if (takeSoon()) {
            guarded(operation);
            letGo();
        } else if (hasRoom(lane, bytes)) {
            enqueue(new QueuedOperation(lane, bytes, operation, false));
        } else {
            park(lane, bytes, operation);
        }
        settle();
    }

    /** Runs {@code operation} now or soon, with a slot of its own: it always finds room. Allowed in the turn, too. */
    public void run(Runnable operation) {
        runQueued(new QueuedOperation(null, 0, operation, false));
    }

    /**
     * Runs {@code operation} behind everything that {@code lane} submitted or parked, with a slot of its own. Allowed in
     * the turn, too.
     */
    public void runLast(OperationSource lane, Runnable operation) {
        runQueued(new QueuedOperation(lane, 0, operation, true));
    }

    /**
     * Runs {@code operation} in a turn that a worker asks for, with a slot of its own: neither this turn nor this thread goes on for it, unless
     * another thread has the turn then. Allowed in the turn, too.
     */
    public void runLater(Runnable operation) {
        workers.execute(() -> Pass.run(() -> run(operation)));
    }

    private void runQueued(QueuedOperation operation) {
        if (isMine()) {
            enqueue(operation);
        } else {
            Pass.runCollected();
            enqueue(operation);
            settle();
        }
    }

    /** Takes the turn if nothing waits and it is free soon. */
    private boolean takeSoon() {
        for (int i = 0; i <= SPINS && !mailbox.hasNew(); i++) {
            if (take()) {
                return holdsAlone();
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Keeps the turn if nothing waits; else releases it: the caller queues its operation. */
    private boolean holdsAlone() {
        boolean isAlone = !mailbox.hasBusySources();
        if (!isAlone) {
            holder.set(null);
        }
        return isAlone;
    }

    private boolean take() {
        return holder.get() == null && holder.compareAndSet(null, Thread.currentThread());
    }

    /** Releases the turn, then notifies the sources that got room. */
    private void letGo() {
        List<OperationSource> lanes = madeRoom;
        if (lanes.isEmpty()) {
            holder.set(null);
            return;
        }
        madeRoom = new ArrayList<>();
        holder.set(null);
        lanes.forEach(OperationSource::onRoom);
    }

    /** Runs the waiting operations, unless another thread has the turn. */
    private void settle() {
        int share = ROUND;
        while (waiting.operations() > 0 && !leavesToWorker(share) && take()) {
            share -= drain(share, Pass.ofThread());
            letGo();
        }
    }

    /** Whether this thread has run its share of what waits; then a worker runs the rest. */
    private boolean leavesToWorker(int share) {
        boolean isDone = share == 0 || Pass.ofThread().isSpent();
        if (isDone && workerCalled.compareAndSet(false, true)) {
            workers.execute(this::work);
        }
        return isDone;
    }

    private int drain(int atMost, Pass pass) {
        for (int done = 0; done < atMost; done++) {
            QueuedOperation next = pass.isSpent() ? null : mailbox.take();
            if (next == null) {
                return done;
            }
            waiting.remove(next.bytes);
            bounds.together.remove(next.bytes);
            OperationSource lane = next.source;
            if (lane != null) {
                lane.waiting.remove(next.bytes);
                if (next.last) {
                    runParked(lane, lane.parked.get());
                }
            }
            int before = pass.stepsLeft();
            guarded(next.operation);
            mailbox.charge(1 + before - pass.stepsLeft());
            admitParked(lane);
        }
        return atMost;
    }

    private void guarded(Runnable operation) {
        try {
            operation.run();
        } catch (Throwable fault) {
            tell(fault);
        }
    }

    /** Reports a fault. If the listener throws, the turn is still released. */
    public void tell(Throwable fault) {
        try {
            faults.accept(fault);
        } catch (Throwable second) {
            fault.addSuppressed(second);
        }
    }

    private void work() {
        workerCalled.set(false);
        Pass.run(this::settle);
    }

    // ---- bounds

    private boolean hasRoom(OperationSource lane, int bytes) {
        return lane.waiting.isBelow(bounds.operationsPerLane, bounds.bytesPerLane) && hasRoomBeside(lane, bytes);
    }

    /** Whether a lane that was at its bound may go on; lower than the bound, so that it does not stop and go. */
    private boolean mayGoOn(OperationSource lane, int bytes) {
        return lane.waiting.isBelow(bounds.operationsPerLane / 2 + 1, bounds.bytesPerLane / 2 + 1)
                && hasRoomBeside(lane, bytes);
    }

    /** Whether the operations of other lanes leave room. */
    private boolean hasRoomBeside(OperationSource lane, int bytes) {
        return bounds.haveRoom(waiting, bytes <= SMALL_BYTES && lane.waiting.operations() <= 0);
    }

    /** Counts last: a thread that counts an operation then checks whether the turn is free, so no other thread waits for it. */
    private void enqueue(QueuedOperation operation) {
        OperationSource lane = operation.source;
        if (lane != null) {
            lane.waiting.add(operation.bytes);
        }
        bounds.together.add(operation.bytes);
        mailbox.add(operation);
        waiting.add(operation.bytes);
    }

    private void park(OperationSource lane, int bytes, Runnable operation) {
        assert lane.parked.get() == null : "a lane that is parked submits nothing";
        Parked parked = new Parked(bytes, operation);
        lane.onPark();
        lane.parked.set(parked);
        parkedLanes.add(lane);
        // The holder may have made room before it could see the parked operation.
        admit(lane);
    }

    /** Called by the holder after each operation: it made room for one more, of its lane or of another. */
    private void admitParked(@Nullable OperationSource lane) {
        if (lane != null) {
            admit(lane);
        }
        OperationSource other = parkedLanes.peek();
        while (other != null && admit(other)) {
            parkedLanes.remove();
            other = parkedLanes.peek();
        }
    }

    /** Refers to what {@code lane} has parked, if there is room; false if it has to wait for more. */
    private boolean admit(OperationSource lane) {
        Parked parked = lane.parked.get();
        if (parked == null || parked.admitted.get()) {
            return true;
        }
        if (!mayGoOn(lane, parked.bytes)) {
            return false;
        }
        if (parked.admitted.compareAndSet(false, true)) {
            enqueue(new QueuedOperation(lane, parked.bytes, () -> runParked(lane, parked), false));
        }
        return true;
    }

    private void runParked(OperationSource lane, @Nullable Parked parked) {
        if (parked != null && lane.parked.compareAndSet(parked, null)) {
            guarded(parked.operation);
            madeRoom.add(lane);
        }
    }
}
