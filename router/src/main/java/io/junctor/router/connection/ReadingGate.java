package io.junctor.router.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Safe for use by many threads. Whether a client's next message is asked for: not while there is a reason to pause.
 *
 * <p>One word holds the reasons as bits and whether a demand is owed; each change is one atomic step, and the step after which a
 * demand is owed and no reason remains pays it.
 */
public final class ReadingGate {
    /** Immutable. Why reading pauses. */
    public enum Reason {
        /** The answer to {@code HELLO} or {@code GOODBYE} is not queued yet. */
        HANDSHAKE,
        /** The realm's mailbox has no room for more. */
        MAILBOX,
        /** Too many answers wait for this client itself. */
        ANSWERS,
        /** A request of this client goes on in later turns. */
        LONG_WORK,
        /** Whether this client may do what it asked for last is not decided yet. */
        DECISION
    }

    private static final int OWED = 1 << Reason.values().length;

    private final Connection connection;
    private final AtomicInteger state = new AtomicInteger();

    /** A gate without a reason to pause, nothing owed. */
    public ReadingGate(Connection connection) {
        this.connection = connection;
    }

    /** A message was dealt with: the next one is wanted. */
    public void next() {
        pay(state.updateAndGet(now -> now | OWED));
    }

    /** Pauses for {@code reason}. */
    public void pause(Reason reason) {
        state.updateAndGet(now -> now | bit(reason));
    }

    /** Ends {@code reason}; reading goes on if it was the last. */
    public void resume(Reason reason) {
        pay(state.updateAndGet(now -> now & ~bit(reason)));
    }

    /** Whether there is a reason to pause. */
    public boolean isPaused() {
        return (state.get() & ~OWED) != 0;
    }

    private void pay(int now) {
        if (now == OWED && state.compareAndSet(OWED, 0)) {
            connection.demand();
        }
    }

    private static int bit(Reason reason) {
        return 1 << reason.ordinal();
    }
}
