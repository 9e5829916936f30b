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
     * @param operationsPerSource the limit of operations of one source
     * @param bytes the limit of bytes; no operation is added once it is reached
     * @param bytesPerSource the limit of bytes of one source; it adds no operation once it is reached
     * @param together bounds the bytes of all operations that wait for any realm
     */
    public record Bounds(
            int operations, int operationsPerSource, long bytes, long bytesPerSource, MailboxBytes together) {
        /** Bounds for operations, none for their bytes. */
        public static Bounds ofOperations(int most, int mostPerSource) {
            long none = Long.MAX_VALUE / 2;
            return new Bounds(most, mostPerSource, none, none, new MailboxBytes(none));
        }
    }

    /** What runs in the turn. It waits in a list: in the batch of a pass, or behind others of its source. Thread-safe but for {@link #next}. */
    public abstract static class Operation implements Runnable {
        /** Null if it has a slot of its own. */
        final @Nullable OperationSource source;

        final int bytes;
        /** The next one of the list; touched by the owner of the list only. */
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
    /** Sources whose parked operation found room in this turn; touched by the holder only. */
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
        this.mailbox = new Mailbox(bounds);
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
        return Math.max(0, mailbox.waiting().operations());
    }

    /** The bytes that the operations hold which wait. */
    public long waitingBytes() {
        return Math.max(0, mailbox.waiting().bytes());
    }

    /**
     * Runs {@code operation} after all that its source submitted before, when the current pass has collected some more or ends: all that it
     * collected is run in one turn. Parks it if there is no room.
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

    /** Runs {@code operation} now or soon, after all that {@code source} submitted before; parks it if there is no room. */
    public void run(OperationSource source, Runnable operation) {
        runNow(Operation.of(source, 0, operation));
    }

    /** Runs {@code operation} now or soon, after all that its source submitted before; parks it if there is no room. */
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

    /** Runs {@code operation} now or soon, with a slot of its own: it always finds room. Allowed in the turn, too. */
    public void run(Runnable operation) {
        runQueued(Operation.of(null, 0, operation));
    }

    /**
     * Runs {@code operation} behind everything that {@code source} submitted or parked, with a slot of its own. Allowed in
     * the turn, too.
     */
    public void runLast(OperationSource source, Runnable operation) {
        runQueued(Operation.of(source, 0, () -> {
            runParked(source, source.parked.get());
            operation.run();
        }));
    }

    /**
     * Runs {@code operation} in a turn that a worker asks for, with a slot of its own: neither this turn nor this thread goes on for it, unless
     * another thread has the turn then. Allowed in the turn, too.
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

    // ---- What is parked.

    private void park(Operation operation) {
        OperationSource source = Objects.requireNonNull(operation.source, "only a source has no room");
        assert source.parked.get() == null : "a source that is parked submits nothing";
        source.onPark();
        source.parked.set(new Parked(operation));
        parkedSources.add(source);
        // The holder may have made room before it could see the parked operation.
        admit(source);
    }

    /** Called by the holder after each operation: it made room for one more, of its source or of another. */
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

    /** Refers to what {@code source} has parked, if there is room; false if it has to wait for more. */
    private boolean admit(OperationSource source) {
        Parked parked = source.parked.get();
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

    private void runParked(OperationSource source, @Nullable Parked parked) {
        if (parked != null && source.parked.compareAndSet(parked, null)) {
            guarded(parked.operation);
            madeRoom.add(source);
        }
    }
}
