package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Pass;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the router sends to one client: messages wait here for a poll, or a poll waits here for messages. Thread-safe.
 *
 * <p>The router hands over the next messages only when these are sent, so a client that does not poll fills its outbox, not this
 * queue.
 */
final class PollQueue {
    /** The response to a poll that the client has not taken yet. */
    private record WriteInProgress(Poll poll, long sinceNanos, long bytes) {}

    /** Told by any thread, outside of the lock. */
    interface Listener {
        /** The client has sent a poll. */
        void onPolled();

        /** The router has closed the transport, all messages are sent, and a poll waits to be told. */
        void onDrained();
    }

    /** The time of a byte at 8 KiB in a second. */
    private static final long SLOWEST_NANOS_PER_BYTE = 1_000_000_000L / (8 << 10);

    private final Listener listener;
    private final LongSupplier clock;

    @GuardedBy("this")
    private final RetransmissionBuffer messages = new RetransmissionBuffer();

    @GuardedBy("this")
    private @Nullable Runnable handedOver;

    @GuardedBy("this")
    private @Nullable Poll waiting;

    /** When the poll began to wait. After it, when it was answered or lost. */
    @GuardedBy("this")
    private long sinceNanos;

    /** When the client sent its last poll. */
    @GuardedBy("this")
    private long polledNanos;

    /** Whether the last poll of the client is a stream of events. */
    private volatile boolean stream;

    /** Whether the client acknowledges what it has received, by numbers. */
    @GuardedBy("this")
    private boolean acknowledges;

    /** Counts acknowledgements: what is written when one comes is sent again, whether or not it arrives. */
    @GuardedBy("this")
    private int generation;

    @GuardedBy("this")
    private boolean writing;

    /** What is written and since when; null while nothing is. */
    @GuardedBy("this")
    private @Nullable WriteInProgress write;

    /** Whether the stream that waits has sent nothing: its client does not know yet that it is open. */
    @GuardedBy("this")
    private boolean isBeginning;

    @GuardedBy("this")
    private boolean closing;

    @GuardedBy("this")
    private @Nullable String ended;

    // One thread at a time serves; another one only tells it to look again.
    @GuardedBy("this")
    private boolean serving;

    @GuardedBy("this")
    private boolean again;

    /** @param clock nanoseconds, as {@code Timers.nanos()} has them */
    PollQueue(Listener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
        this.sinceNanos = clock.getAsLong();
        this.polledNanos = sinceNanos;
    }

    /** Takes messages to send; {@code done} runs when the next may come. */
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
     * A poll waits from now on, instead of an earlier one.
     *
     * @param after the number of the last message that the client has received, or null if the client does not count
     * @return false if the messages behind that number are not kept
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

    /** The client of this poll is gone. */
    synchronized void lost(Poll poll) {
        if (waiting == poll) {
            waiting = null;
            sinceNanos = clock.getAsLong();
        }
    }

    /** Keeps a poll alive that has waited for some time, or ends it so that the client polls again. */
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

    /** Whether the client receives by a stream of events. */
    boolean isStream() {
        return stream;
    }

    /** How long ago the client sent its last poll. */
    synchronized long silentNanos() {
        return clock.getAsLong() - polledNanos;
    }

    /** How long the poll has waited; 0 while no poll waits. */
    synchronized long waitedNanos() {
        return hasPoll() ? clock.getAsLong() - sinceNanos : 0;
    }

    /** How long no poll has waited; 0 while one waits. */
    synchronized long gapNanos() {
        return hasPoll() ? 0 : clock.getAsLong() - sinceNanos;
    }

    @GuardedBy("this")
    private boolean hasPoll() {
        return waiting != null || writing;
    }

    /** Tells {@link Listener#onDrained} once all messages are sent and a poll waits. */
    void close() {
        synchronized (this) {
            closing = true;
        }
        serve();
    }

    /** Discards the messages, and tells the poll that waits why. */
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

    /** Whether the client has not taken a response for so long and, at a slow rate, the time that its bytes take. */
    synchronized boolean isStalled(long longestNanos) {
        WriteInProgress present = write;
        return writing
                && present != null
                && clock.getAsLong() - present.sinceNanos() > longestNanos + present.bytes() * SLOWEST_NANOS_PER_BYTE;
    }

    /** Closes the connection of a response that the client has not taken. */
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

    /** The messages stay for the next poll. */
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
