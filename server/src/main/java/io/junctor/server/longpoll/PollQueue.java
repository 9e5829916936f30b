package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Pass;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the router for one client: messages wait here for a poll, or a poll waits here for messages. Thread-safe.
 *
 * <p>The router adds the next messages only when the earlier ones are sent. So if a client does not poll, its outbox in the router grows,
 * not this queue.
 */
final class PollQueue {
    /** A response to a poll that the client has not received completely. */
    private record WriteInProgress(Poll poll, long sinceNanos, long bytes) {}

    /** Receives events of the queue, on any thread and outside the lock. */
    interface Listener {
        /** Called when the client has sent a poll. */
        void onPolled();

        /** Called when the router has closed the transport, all messages are sent, and a poll waits for the end. */
        void onDrained();
    }

    /** The time that a byte may take: 8 KiB per second are the slowest rate. */
    private static final long SLOWEST_NANOS_PER_BYTE = 1_000_000_000L / (8 << 10);

    private final Listener listener;
    private final LongSupplier clock;

    @GuardedBy("this")
    private final RetransmissionBuffer messages = new RetransmissionBuffer();

    @GuardedBy("this")
    private @Nullable Runnable handedOver;

    @GuardedBy("this")
    private @Nullable Poll waiting;

    /** While a poll waits, the time at which it began to wait; otherwise, the time at which the last poll was answered or lost. */
    @GuardedBy("this")
    private long sinceNanos;

    /** The time at which the client sent its last poll. */
    @GuardedBy("this")
    private long polledNanos;

    /** Whether the last poll of the client is a stream of events. */
    private volatile boolean stream;

    /** Whether the client acknowledges received messages by their numbers. */
    @GuardedBy("this")
    private boolean acknowledges;

    /** Counts acknowledgements: each one invalidates the write in progress, whose messages are sent again. */
    @GuardedBy("this")
    private int generation;

    @GuardedBy("this")
    private boolean writing;

    /** The write in progress; null if there is none. */
    @GuardedBy("this")
    private @Nullable WriteInProgress write;

    /** Whether nothing has been sent on the waiting stream, so that its client does not know yet that it is open. */
    @GuardedBy("this")
    private boolean isBeginning;

    @GuardedBy("this")
    private boolean closing;

    @GuardedBy("this")
    private @Nullable String ended;

    // One thread at a time serves polls; other threads only make it check the queue again.
    @GuardedBy("this")
    private boolean serving;

    @GuardedBy("this")
    private boolean again;

    /** @param clock returns nanoseconds, as {@code Timers.nanos()} does */
    PollQueue(Listener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
        this.sinceNanos = clock.getAsLong();
        this.polledNanos = sinceNanos;
    }

    /** Adds messages to send; {@code done} runs when the router may add the next ones. */
    void add(List<byte[]> more, Runnable done) {
        boolean refused;
        synchronized (this) {
            refused = ended != null;
            if (!refused) {
                messages.add(more);
                handedOver = done;
            }
        }
        if (refused) {
            done.run();
        } else {
            serve();
        }
    }

    /**
     * Lets a poll wait; it replaces an earlier one.
     *
     * @param after the number of the last message that the client has received, or null if the client does not acknowledge by number
     * @return false if the messages after that number are no longer kept
     */
    boolean poll(Poll poll, @Nullable Long after) {
        Poll replaced = null;
        String gone;
        synchronized (this) {
            if (after != null) {
                if (!messages.acknowledge(after)) {
                    return false;
                }
                generation++;
                writing = false;
                write = null;
            }
            gone = ended;
            if (gone == null) {
                acknowledges = after != null;
                replaced = waiting;
                waiting = poll;
                stream = poll.staysOpen();
                isBeginning = stream;
                sinceNanos = clock.getAsLong();
                polledNanos = sinceNanos;
            }
        }
        if (replaced != null) {
            replaced.askAgain(Callback.NOOP);
        }
        if (gone != null) {
            poll.end(gone);
        } else {
            listener.onPolled();
            serve();
        }
        return true;
    }

    /** Notes that the client of this poll has disconnected. */
    synchronized void lost(Poll poll) {
        if (waiting == poll) {
            waiting = null;
            sinceNanos = clock.getAsLong();
        }
    }

    /** Keeps alive a poll that has waited for some time, or ends it so that the client polls again. */
    void answerNow(boolean askAgain) {
        Poll poll;
        Callback written;
        synchronized (this) {
            poll = waiting;
            if (poll == null || writing) {
                return;
            }
            writing = true;
            write = new WriteInProgress(poll, clock.getAsLong(), 0);
            written = written(poll, List.of(), generation);
            sinceNanos = clock.getAsLong();
            if (askAgain || !poll.staysOpen()) {
                waiting = null;
            }
        }
        if (askAgain) {
            poll.askAgain(written);
        } else {
            poll.sendNothing(written);
        }
    }

    /** Returns whether the client receives messages by a stream of events. */
    boolean isStream() {
        return stream;
    }

    /** Returns how long ago the client sent its last poll. */
    synchronized long silentNanos() {
        return clock.getAsLong() - polledNanos;
    }

    /** Returns how long the current poll has waited; 0 if no poll waits. */
    synchronized long waitedNanos() {
        return hasPoll() ? clock.getAsLong() - sinceNanos : 0;
    }

    /** Returns for how long no poll has waited; 0 if one waits. */
    synchronized long gapNanos() {
        return hasPoll() ? 0 : clock.getAsLong() - sinceNanos;
    }

    @GuardedBy("this")
    private boolean hasPoll() {
        return waiting != null || writing;
    }

    /** From now on, calls {@link Listener#onDrained} as soon as all messages are sent and a poll waits. */
    void close() {
        synchronized (this) {
            closing = true;
        }
        serve();
    }

    /** Discards the messages, and answers the waiting poll with the reason. */
    void end(String sentence) {
        Poll poll;
        Runnable done;
        synchronized (this) {
            ended = sentence;
            poll = waiting;
            waiting = null;
            done = handedOver;
            handedOver = null;
        }
        if (poll != null) {
            poll.end(sentence);
        }
        if (done != null) {
            done.run();
        }
    }

    private void serve() {
        synchronized (this) {
            if (serving) {
                again = true;
                return;
            }
            serving = true;
        }
        do {
            serveOnce();
        } while (servesAgain());
    }

    /** Returns whether a write has lasted longer than {@code longestNanos} plus the time that its bytes take at the slowest rate. */
    synchronized boolean isStalled(long longestNanos) {
        WriteInProgress present = write;
        return writing
                && present != null
                && clock.getAsLong() - present.sinceNanos() > longestNanos + present.bytes() * SLOWEST_NANOS_PER_BYTE;
    }

    /** Closes the connection of a response that the client does not accept. */
    void abort() {
        WriteInProgress present;
        synchronized (this) {
            present = write;
            write = null;
        }
        if (present != null) {
            present.poll().abort();
        }
    }

    private synchronized boolean servesAgain() {
        serving = again;
        again = false;
        return serving;
    }

    private void serveOnce() {
        Poll poll = null;
        List<byte[]> next = List.of();
        long number = 0;
        int now;
        Runnable done = null;
        boolean drained;
        synchronized (this) {
            now = generation;
            if (!writing && waiting != null && (messages.hasUnsent() || isBeginning)) {
                isBeginning = false;
                poll = waiting;
                number = messages.nextNumber();
                next = messages.take(poll.takesSeveral());
                writing = true;
                write = new WriteInProgress(
                        poll,
                        clock.getAsLong(),
                        next.stream().mapToLong(message -> message.length).sum());
                if (!poll.staysOpen()) {
                    waiting = null;
                }
            } else if (!writing && !messages.hasUnsent() && messages.isKeptSmall()) {
                done = handedOver;
                handedOver = null;
            }
            drained = closing && ended == null && waiting != null && done == null && !writing && !messages.hasUnsent();
        }
        if (poll != null && next.isEmpty()) {
            poll.sendNothing(written(poll, next, now));
        } else if (poll != null) {
            poll.send(next, number, written(poll, next, now));
        } else if (done != null) {
            Pass.run(done);
            serve();
        } else if (drained) {
            listener.onDrained();
        }
    }

    private Callback written(Poll poll, List<byte[]> sent, int then) {
        return Callback.from(() -> onWritten(poll, then), failure -> onFailed(poll, sent, then));
    }

    private void onWritten(Poll poll, int then) {
        synchronized (this) {
            if (then == generation) {
                writing = false;
                write = null;
                if (poll.staysOpen()) {
                    messages.keepFew();
                } else if (!acknowledges) {
                    messages.acknowledgeSent();
                }
            }
        }
        serve();
    }

    /** Keeps the messages for the next poll. */
    private void onFailed(Poll poll, List<byte[]> unsent, int then) {
        lost(poll);
        synchronized (this) {
            if (then == generation) {
                writing = false;
                write = null;
                messages.giveBack(unsent);
            }
        }
        serve();
    }
}
