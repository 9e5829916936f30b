package io.junctor.router.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of a realm one at a time. The thread that submits an operation runs it if the turn is free; otherwise the thread that
 * has the turn runs it (flat combining). The operations that a pass collects run in batches, each batch in one turn. Thread-safe.
 *
 * <h2>How it works</h2>
 *
 * <p>{@code holder} is the thread that has the turn. {@code mailbox} contains the operations that were submitted while the turn was not
 * free. No operation may be left in the mailbox without a thread that runs it, and no thread may be occupied for ever by the operations of
 * other threads.
 *
 * <ul>
 * <li>A submitter first adds to the mailbox, then checks whether the turn is free. A holder first releases the turn, then checks whether
 *     the mailbox is empty. All four are volatile accesses, so at least one of the two threads sees the change of the other thread.
 * <li>A thread runs at most {@link #ROUND} operations of the mailbox; fewer if its pass has delivered to many receivers. If more operations
 *     remain, it releases the turn and calls a worker, at most one worker at a time. The turn is never passed on while it is held.
 * <li>A thread takes the turn without queueing only if no operation waits, so operations of one source never overtake each other.
 * <li>A thread that finds the turn taken first waits for a few microseconds, because turns are short and queueing would move the work and
 * its memory to another processor.
 * </ul>
 *
 * <p>The mailbox is bounded by operations and by the bytes that they hold, in total and for each source. If it is full, the operation is
 * parked in its {@link OperationSource}. A source has at most one parked operation, which may have more bytes than any bound. When the
 * holder has made room it puts a reference into the mailbox; a submitter that parks checks once more whether there is room. The operation
 * stays parked until it runs: at its reference, or just before an operation that must run after it. A small operation of a source without
 * waiting operations may exceed the bounds by a quarter of the bytes, so that large operations of other sources do not block it. The batch
 * of a pass always finds room, so each thread may exceed the bounds by one batch: {@link Pass#BATCH_OPERATIONS} operations, of which only
 * the last exceeds {@link Pass#BATCH_BYTES}. Operations with a slot of their own are outside of these bounds; they hold no bytes of a
 * client.
 *
 * <p>No operation stays parked for ever: if there is no room, a counted operation is in the mailbox, or the holder has just taken it. The
 * holder subtracts that operation, runs it, and then checks the parked operations.
 */
public final class Turnstile {
    /** The number of waiting operations that one thread runs before it lets another thread continue. */
    static final int ROUND = 256;

    /**
     * The number of times that a thread tries to take a turn that is not free. The tries take longer than most turns, but less time than
     * queueing. Zero on a machine with one processor.
     */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

    /**
     * The limits of the waiting operations.
     *
     * @param operations the limit of operations
     * @param operationsPerSource the limit of operations of one source
     * @param bytes the limit of bytes; no operation is added once it is reached
     * @param bytesPerSource the limit of bytes of one source; it adds no operation once it is reached
     * @param together bounds the bytes of all operations that wait for any realm
     */
    public record Bounds(
            int operations, int operationsPerSource, long bytes, long bytesPerSource, MailboxBudget together) {
        /** Limits of the number of operations, without limits of their bytes. */
        public static Bounds ofOperations(int most, int mostPerSource) {
            long none = Long.MAX_VALUE / 2;
            return new Bounds(most, mostPerSource, none, none, new MailboxBudget(none));
        }
    }

    /**
     * An operation, which runs in the turn. It waits in a linked list: in the batch of a pass, or behind other operations of its source.
     * Thread-safe, except {@link #next}.
     */
    public abstract static class Operation implements Runnable {
        /** The source of the operation; null for an operation with a slot of its own, to which the bounds do not apply. */
        final @Nullable OperationSource source;

        final int bytes;
        /** The next operation of the list; accessed by the owner of the list only. */
        @Nullable
        Operation next;

        /** An operation of {@code source} that holds {@code bytes} of a client's messages. */
        protected Operation(@Nullable OperationSource source, int bytes) {
            this.source = source;
            this.bytes = bytes;
        }

        /** The bytes of a client's messages that it holds. */
        public final int bytes() {
            return bytes;
        }

        /** Runs {@code task}. */
        public static Operation of(@Nullable OperationSource source, int bytes, Runnable task) {
            return new Operation(source, bytes) {
                @Override
                public void run() {
                    task.run();
                }
            };
        }
    }

    private final Executor workers;
    private final Consumer<Throwable> faults;

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final Mailbox mailbox;

    private final Queue<OperationSource> parkedSources = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean workerCalled = new AtomicBoolean();
    /** The sources whose parked operation has run in this turn; accessed by the holder only. */
    private List<OperationSource> madeRoom = new ArrayList<>();

    private final SlicedWork slices = new SlicedWork(this);

    /**
     * Creates a turnstile whose turn is free.
     *
     * @param bounds the limits of the waiting operations
     * @param workers runs the remaining operations after a thread has run its share
     * @param faults receives, in the turn, the exceptions of operations
     */
    public Turnstile(Bounds bounds, Executor workers, Consumer<Throwable> faults) {
        this.mailbox = new Mailbox(bounds);
        this.workers = workers;
        this.faults = faults;
    }

    /** Whether the calling thread has the turn. */
    public boolean isMine() {
        return holder.get() == Thread.currentThread();
    }

    /** The slices for work of many steps in this turn. */
    public SlicedWork slices() {
        return slices;
    }

    /** The number of waiting operations. */
    public int waiting() {
        return Math.max(0, mailbox.waiting().operations());
    }

    /** The bytes that the waiting operations hold. */
    public long waitingBytes() {
        return Math.max(0, mailbox.waiting().bytes());
    }

    /**
     * Adds {@code operation} to the batch of the current pass, which runs in one turn when it is full or when the pass ends. The operation
     * runs after all earlier operations of its source. Parks it if there is no room.
     */
    public void runInPass(Operation operation) {
        assert !isMine() : "the turn never nests";
        if (mailbox.hasRoom(operation)) {
            Pass.current().collect(this, operation);
        } else {
            runNow(operation);
        }
    }

    /** Runs the batch of a pass. */
    void runAll(Operation first) {
        if (takeSoon()) {
            Operation each = first;
            Pass pass = Pass.ofThread();
            while (each != null && !pass.isSpent()) {
                Operation following = each.next;
                each.next = null;
                guarded(each);
                each = following;
            }
            enqueueAll(each);
            letGo();
        } else {
            enqueueAll(first);
        }
        settle();
    }

    private void enqueueAll(@Nullable Operation first) {
        for (Operation each = first, following; each != null; each = following) {
            following = each.next;
            each.next = null;
            mailbox.add(each);
        }
    }

    /** Runs {@code operation} now or soon, after all earlier operations of {@code source}; parks it if there is no room. */
    public void run(OperationSource source, Runnable operation) {
        runNow(Operation.of(source, 0, operation));
    }

    /** Runs {@code operation} now or soon, after all earlier operations of its source; parks it if there is no room. */
    public void runNow(Operation operation) {
        assert !isMine() : "the turn never nests";
        Pass.runCollected();
        if (takeSoon()) {
            guarded(operation);
            letGo();
        } else if (mailbox.hasRoom(operation)) {
            mailbox.add(operation);
        } else {
            park(operation);
        }
        settle();
    }

    /** Runs {@code operation} now or soon. It has a slot of its own: the bounds do not apply, so it is never parked. Allowed in the turn, too. */
    public void run(Runnable operation) {
        runQueued(Operation.of(null, 0, operation));
    }

    /**
     * Runs {@code operation} after all operations that {@code source} submitted, including a parked operation. It has a slot of its own, so
     * the bounds do not apply. Allowed in the turn, too.
     */
    public void runLast(OperationSource source, Runnable operation) {
        runQueued(Operation.of(source, 0, () -> {
            runParked(source, source.parked.get());
            operation.run();
        }));
    }

    /**
     * Lets a worker run {@code operation} in a separate turn, outside of the bounds, so that the operation prolongs neither the present
     * turn nor the work of this thread. If another thread has the turn then, that thread runs the operation. Allowed in the turn, too.
     */
    public void runLater(Runnable operation) {
        workers.execute(() -> Pass.run(() -> run(operation)));
    }

    private void runQueued(Operation operation) {
        if (isMine()) {
            mailbox.add(operation);
        } else {
            Pass.runCollected();
            mailbox.add(operation);
            settle();
        }
    }

    /** Takes the turn if no operation waits and the turn becomes free soon. */
    private boolean takeSoon() {
        for (int i = 0; i <= SPINS && !mailbox.hasNew(); i++) {
            if (take()) {
                return holdsAlone();
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Keeps the turn and returns true if no operations of busy sources wait; otherwise releases the turn, and the caller queues its operation. */
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

    /** Releases the turn, then notifies the sources whose parked operations have run. */
    private void letGo() {
        List<OperationSource> sources = madeRoom;
        if (sources.isEmpty()) {
            holder.set(null);
            return;
        }
        madeRoom = new ArrayList<>();
        holder.set(null);
        sources.forEach(OperationSource::onRoom);
    }

    /** Runs the waiting operations, unless another thread has the turn. */
    private void settle() {
        int share = ROUND;
        while (mailbox.waiting().operations() > 0 && !leavesToWorker(share) && take()) {
            share -= drain(share, Pass.ofThread());
            letGo();
        }
    }

    /** Whether this thread has run its share of the waiting operations; if so, a worker runs the rest. */
    private boolean leavesToWorker(int share) {
        boolean isDone = share == 0 || Pass.ofThread().isSpent();
        if (isDone && workerCalled.compareAndSet(false, true)) {
            workers.execute(this::work);
        }
        return isDone;
    }

    private int drain(int atMost, Pass pass) {
        for (int done = 0; done < atMost; done++) {
            Operation next = pass.isSpent() ? null : mailbox.take();
            if (next == null) {
                return done;
            }
            int before = pass.stepsLeft();
            guarded(next);
            mailbox.charge(1 + before - pass.stepsLeft());
            admitParked(next.source);
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

    // ---- Parked operations.

    private void park(Operation operation) {
        OperationSource source = Objects.requireNonNull(operation.source, "only a source has no room");
        assert source.parked.get() == null : "a source that is parked submits nothing";
        source.onPark();
        source.parked.set(new ParkedOperation(operation));
        parkedSources.add(source);
        // The holder may have made room before it could see the parked operation.
        admit(source);
    }

    /**
     * Admits parked operations for which the last operation made room: of its source first, then of other sources. Called by the holder
     * after each operation.
     */
    private void admitParked(@Nullable OperationSource source) {
        if (source != null) {
            admit(source);
        }
        OperationSource other = parkedSources.peek();
        while (other != null && admit(other)) {
            parkedSources.remove();
            other = parkedSources.peek();
        }
    }

    /**
     * Adds a reference to the parked operation of {@code source} to the mailbox if there is room; returns false if the operation has to
     * wait for more room.
     */
    private boolean admit(OperationSource source) {
        ParkedOperation parked = source.parked.get();
        if (parked == null || parked.admitted.get()) {
            return true;
        }
        int bytes = parked.operation.bytes;
        if (!mailbox.mayGoOn(source, bytes)) {
            return false;
        }
        if (parked.admitted.compareAndSet(false, true)) {
            mailbox.add(Operation.of(source, bytes, () -> runParked(source, parked)));
        }
        return true;
    }

    private void runParked(OperationSource source, @Nullable ParkedOperation parked) {
        if (parked != null && source.parked.compareAndSet(parked, null)) {
            guarded(parked.operation);
            madeRoom.add(source);
        }
    }
}
