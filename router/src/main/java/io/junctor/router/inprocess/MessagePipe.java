package io.junctor.router.inprocess;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One direction of an in-process connection. It holds the messages of one call of {@link #write} and passes them to the reader one by one,
 * each on demand. So it applies backpressure as a socket does: the writer waits while the reader demands nothing. Thread-safe.
 *
 * <p>A task of the executor calls the reader. There is at most one task at a time; it ends when the reader demands no more messages, or
 * after one write, so that other tasks can run.
 */
final class MessagePipe {
    /** Receives messages, pongs and the end of the pipe. One thread at a time calls it. */
    interface Reader {
        /** Receives a message; returns whether the same task may pass on the next message. */
        boolean onMessage(byte[] message);

        void onPong();

        /** The last call. */
        void onEnd(String cause);
    }

    /** Runs the work of a task in a context, such as a pass. */
    interface TaskWrapper {
        void run(Runnable work);
    }

    private static final Logger LOG = LoggerFactory.getLogger(MessagePipe.class);

    private final Executor executor;
    private final TaskWrapper reading;
    private final TaskWrapper telling;
    /** The receiver of the messages; {@link #open} sets it before a task can run. */
    @GuardedBy("this")
    private @Nullable Reader reader;

    @GuardedBy("this")
    private List<byte[]> messages = List.of();

    @GuardedBy("this")
    private int taken;

    @GuardedBy("this")
    private @Nullable Runnable done;

    @GuardedBy("this")
    private long demanded;

    @GuardedBy("this")
    private boolean pongOwed;

    @GuardedBy("this")
    private @Nullable String endCause;

    @GuardedBy("this")
    private boolean endTold;

    /** Whether a task is running or scheduled. */
    @GuardedBy("this")
    private boolean scheduled;

    /**
     * Creates a pipe that is not open yet.
     *
     * @param executor runs tasks
     * @param reading surrounds calls of the reader
     * @param telling surrounds the call that notifies the writer that all its messages are taken
     */
    MessagePipe(Executor executor, TaskWrapper reading, TaskWrapper telling) {
        this.executor = executor;
        this.reading = reading;
        this.telling = telling;
    }

    /** Starts to pass messages to {@code given}. */
    void open(Reader given) {
        synchronized (this) {
            reader = given;
        }
        schedule();
    }

    /**
     * Takes messages. {@code whenTaken} runs when the reader has received all of them or the pipe has ended; the caller makes the next call
     * after that.
     */
    void write(List<byte[]> given, Runnable whenTaken) {
        boolean ended;
        synchronized (this) {
            ended = endCause != null;
            if (!ended) {
                messages = given;
                taken = 0;
                done = whenTaken;
            }
        }
        if (ended) {
            whenTaken.run();
        } else {
            schedule();
        }
    }

    /** Demands one more message for the reader. */
    void demand() {
        synchronized (this) {
            demanded++;
        }
        schedule();
    }

    /** Passes a pong to the reader, in answer to a ping. */
    void pong() {
        synchronized (this) {
            pongOwed = true;
        }
        schedule();
    }

    /** Ends the pipe and discards the messages that are not taken. Only the first call has an effect. */
    void end(String cause) {
        synchronized (this) {
            if (endCause == null) {
                endCause = cause;
            }
        }
        schedule();
    }

    synchronized boolean hasEnded() {
        return endCause != null;
    }

    private void schedule() {
        synchronized (this) {
            if (scheduled || !hasWork()) {
                return;
            }
            scheduled = true;
        }
        execute();
    }

    private void execute() {
        try {
            executor.execute(this::runOnce);
        } catch (RejectedExecutionException closed) {
            // The executor refuses tasks because the router is closed: this thread notifies both sides that the
            // connection has ended.
            end("the router is closed");
            runOnce();
        }
    }

    @GuardedBy("this")
    private boolean hasWork() {
        if (reader == null) {
            return endCause != null && done != null;
        }
        return endCause == null ? pongOwed || isReadable() : done != null || !endTold;
    }

    @GuardedBy("this")
    private boolean isReadable() {
        return demanded > 0 && taken < messages.size();
    }

    /** Passes on the messages that are available and demanded. */
    private void runOnce() {
        Reader current;
        boolean pong;
        synchronized (this) {
            current = reader;
            pong = pongOwed && endCause == null;
            pongOwed = false;
        }
        if (current != null) {
            Reader to = current;
            runSafely("reading", reading, () -> readAll(to, pong));
        }
        tellWriter();
        synchronized (this) {
            scheduled = hasWork();
            if (!scheduled) {
                return;
            }
        }
        execute();
    }

    /** Runs {@code work}. If it throws an exception or an error, ends the connection, so that the other side does not wait for ever. */
    private void runSafely(String what, TaskWrapper wrapper, Runnable work) {
        try {
            wrapper.run(work);
        } catch (RuntimeException | Error e) {
            LOG.error("a connection in the process ends: {} failed", what, e);
            end(what + " failed");
        }
    }

    private void readAll(Reader to, boolean pong) {
        if (pong) {
            to.onPong();
        }
        byte[] message = next();
        while (message != null && to.onMessage(message)) {
            message = next();
        }
        String cause = takeEnd();
        if (cause != null) {
            to.onEnd(cause);
        }
    }

    private synchronized byte @Nullable [] next() {
        if (endCause != null || !isReadable()) {
            return null;
        }
        demanded--;
        byte[] message = messages.get(taken);
        taken++;
        return message;
    }

    private synchronized @Nullable String takeEnd() {
        if (endTold || endCause == null) {
            return null;
        }
        endTold = true;
        return endCause;
    }

    private void tellWriter() {
        Runnable told;
        synchronized (this) {
            if (done == null || (endCause == null && taken < messages.size())) {
                return;
            }
            told = done;
            done = null;
            messages = List.of();
            taken = 0;
        }
        runSafely("writing", telling, told);
    }
}
