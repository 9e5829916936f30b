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
 * Safe for use by many threads. Runs operations one at a time, each on the thread that submits it if the turn is free,
 * else on the thread that has the turn (flat combining). What a pass reads it runs in batches, one turn for each.
 *
 * <h2>How it works</h2>
 *
 * <p>{@code holder} is the thread whose turn it is. {@code mailbox} holds what was submitted while it was not free. Two
 * problems must be solved: an operation must never stay in the mailbox without a thread that will run it, and the
 * operations of other threads must not keep a thread for ever.
 *
 * <ul>
 *   <li>A submitter first adds to the mailbox, then looks whether the turn is free. A holder first lets go, then looks
 *       whether the mailbox is empty. All four are volatile accesses, so at least one of two threads sees the other.
 *   <li>A thread runs at most {@link #ROUND} operations of the mailbox, fewer where its pass has delivered to many. If more remain, it lets go and calls a worker, at most
 *       one at a time; the turn is never handed over while it is held.
 *   <li>The turn is taken without queueing only when nothing waits, so operations of one lane never overtake each other.
 *   <li>Who finds the turn taken first waits for a few microseconds, as turns are short: queueing hands the work and all that
 *       it touches to another processor.
 * </ul>
 *
 * <p>The mailbox is bounded by operations and by the bytes they hold, in all and of each lane. A full one parks the operation in its {@link
 * OperationSource}: there is at most one such per lane, and it may have more bytes than any bound. When the holder made room it
 * puts a reference into the mailbox; a submitter that parks looks once more whether there is room already. The
 * operation itself stays parked until it runs: at its reference, or just before an operation that must be behind it. What a
 * pass collected always finds room, so the bounds may be exceeded by one batch of each thread: {@link Pass#BATCH_OPERATIONS} operations, of which only the last goes
 * beyond {@link Pass#BATCH_BYTES}. Operations with a slot of their own hold no bytes of a client.
 *
 * <p>Nothing stays parked: where there is no room, an operation that is counted is in the mailbox, or the holder has just taken it. Its holder
 * uncounts it, runs it, and then looks at what is parked.
 */
public final class Turnstile {
    /** How many waiting operations one thread runs before it lets another continue. */
    static final int ROUND = 256;

    /** More than most turns take, less than queueing costs; nothing where no other processor could let go meanwhile. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

    /** An operation that waits, in the mailbox or, linked with others, in a batch. */
    static final class Waiting {
        private final @Nullable OperationSource lane;
        private final Runnable operation;
        /** What it holds of what clients sent. */
        final int bytes;
        /** Whether it must be behind what its lane has parked. */
        private final boolean last;

        @Nullable
        Waiting next;

        Waiting(@Nullable OperationSource lane, int bytes, Runnable operation, boolean last) {
            this.lane = lane;
            this.bytes = bytes;
            this.operation = operation;
            this.last = last;
        }
    }

    /**
     * Immutable. What waits at most.
     *
     * @param operations the most operations that wait
     * @param operationsPerLane the most of them from one lane
     * @param bytes where so many bytes wait, no operation is added
     * @param bytesPerLane where so many bytes of a lane wait, it adds no operation
     * @param together what waits for other turnstiles, too
     */
    public record Bounds(int operations, int operationsPerLane, long bytes, long bytesPerLane, MailboxBytes together) {
        /** Bounds for operations, none for their bytes. */
        public static Bounds ofOperations(int most, int mostPerLane) {
            long none = Long.MAX_VALUE;
            return new Bounds(most, mostPerLane, none, none, new MailboxBytes(none));
        }
    }

    private final Bounds bounds;
    private final Executor workers;
    private final Consumer<Throwable> faults;

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final Queue<Waiting> mailbox = new ConcurrentLinkedQueue<>();
    /** The operations in the mailbox, less those just being added. */
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
        if (hasRoom(lane)) {
            Pass.current().collect(this, new Waiting(lane, bytes, operation, false));
        } else {
            run(lane, bytes, operation);
        }
    }

    /** Runs what a pass collected. */
    void runAll(Waiting first) {
        if (takeSoon()) {
            Waiting each = first;
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

    private void enqueueAll(@Nullable Waiting first) {
        for (Waiting each = first, following; each != null; each = following) {
            following = each.next;
            each.next = null;
            enqueue(each);
        }
    }

    /** Runs an operation that holds no bytes to speak of, as {@link #run(OperationSource, int, Runnable)}. */
    public void run(OperationSource lane, Runnable operation) {
        run(lane, 0, operation);
    }

    /**
     * Runs {@code operation} now or soon, after everything its lane submitted before; parks it where there is no room.
     *
     * @param bytes what the operation holds of what a client sent
     */
    public void run(OperationSource lane, int bytes, Runnable operation) {
        assert !isMine() : "the turn never nests";
        Pass.runCollected();
        if (takeSoon()) {
            guarded(operation);
            letGo();
        } else if (hasRoom(lane)) {
            enqueue(new Waiting(lane, bytes, operation, false));
        } else {
            park(lane, bytes, operation);
        }
        settle();
    }

    /** Runs {@code operation} now or soon, with a slot of its own: it always finds room. Allowed in the turn, too. */
    public void run(Runnable operation) {
        runQueued(new Waiting(null, 0, operation, false));
    }

    /**
     * Runs {@code operation} behind everything that {@code lane} submitted or parked, with a slot of its own. Allowed in
     * the turn, too.
     */
    public void runLast(OperationSource lane, Runnable operation) {
        runQueued(new Waiting(lane, 0, operation, true));
    }

    /**
     * Runs {@code operation} in a turn that a worker asks for, with a slot of its own: neither this turn nor this thread goes on for it, unless
     * another thread has the turn then. Allowed in the turn, too.
     */
    public void runLater(Runnable operation) {
        workers.execute(() -> Pass.run(() -> run(operation)));
    }

    private void runQueued(Waiting operation) {
        if (isMine()) {
            enqueue(operation);
        } else {
            Pass.runCollected();
            enqueue(operation);
            settle();
        }
    }

    /** Takes the turn if nothing waits and it becomes free in a moment. */
    private boolean takeSoon() {
        for (int i = 0; i <= SPINS && mailbox.isEmpty(); i++) {
            if (take()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean take() {
        return holder.get() == null && holder.compareAndSet(null, Thread.currentThread());
    }

    /** Lets go of the turn, then tells the lanes that got room. */
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

    /** Whether this thread has done its share of what waits; then a worker goes on with it. */
    private boolean leavesToWorker(int share) {
        boolean done = share == 0 || Pass.ofThread().isSpent();
        if (done) {
            callWorker();
        }
        return done;
    }

    private int drain(int atMost, Pass pass) {
        for (int done = 0; done < atMost; done++) {
            Waiting next = pass.isSpent() ? null : mailbox.poll();
            if (next == null) {
                return done;
            }
            waiting.remove(next.bytes);
            bounds.together.remove(next.bytes);
            OperationSource lane = next.lane;
            if (lane != null) {
                lane.waiting.remove(next.bytes);
                if (next.last) {
                    runParked(lane, lane.parked.get());
                }
            }
            guarded(next.operation);
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

    /** Whatever the listener does, the turn will be let go. */
    void tell(Throwable fault) {
        try {
            faults.accept(fault);
        } catch (Throwable second) {
            fault.addSuppressed(second);
        }
    }

    private void callWorker() {
        if (workerCalled.compareAndSet(false, true)) {
            workers.execute(this::work);
        }
    }

    private void work() {
        workerCalled.set(false);
        Pass.run(this::settle);
    }

    // ---- bounds

    private boolean hasRoom(OperationSource lane) {
        return hasRoom() && lane.waiting.isBelow(bounds.operationsPerLane, bounds.bytesPerLane);
    }

    private boolean hasRoom() {
        return waiting.isBelow(bounds.operations, bounds.bytes)
                && (waiting.operations() <= 0 || !bounds.together.isFull());
    }

    /** Whether a lane that was at its bound may go on; lower than the bound, so that it does not stop and go. */
    private boolean mayGoOn(OperationSource lane) {
        return hasRoom() && lane.waiting.isBelow(bounds.operationsPerLane / 2 + 1, bounds.bytesPerLane / 2 + 1);
    }

    /** Counts last: a thread that counts an operation then checks whether the turn is free, so no other thread waits for it. */
    private void enqueue(Waiting operation) {
        OperationSource lane = operation.lane;
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
        if (!mayGoOn(lane)) {
            return false;
        }
        if (parked.admitted.compareAndSet(false, true)) {
            enqueue(new Waiting(lane, parked.bytes, () -> runParked(lane, parked), false));
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
