package io.junctor.router.connection;

import io.junctor.router.connection.transport.Connection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Demands the next message of a client, unless there is a reason to pause. Thread-safe.
 *
 * <p>One word contains a bit for each reason, and a bit that is set while a demand is pending. Each change is one atomic step. The thread
 * whose step leaves a pending demand and no reason makes the demand.
 */
public final class ReadingGate {
    /** The reasons why reading pauses. */
    public enum Reason {
        /** The answer to {@code HELLO} or {@code GOODBYE} is not queued yet. */
        HANDSHAKE,
        /** The realm's mailbox has no room for more operations. */
        MAILBOX,
        /** Too many answers wait in the outbox of this client. */
        ANSWERS,
        /** A request of this client continues in later turns. */
        LONG_WORK,
        /** An authorizer decides about the last request of this client. */
        DECISION
    }

    private static final int OWED = 1 << Reason.values().length;

    private final Connection connection;
    private final AtomicInteger state = new AtomicInteger();

    /** Creates an open gate without a pending demand. */
    public ReadingGate(Connection connection) {
        this.connection = connection;
    }

    /** Called when the last message was handled: demands the next message. */
    public void next() {
        if (state.get() == 0) {
            // A reason that another thread adds now has an effect from the next message on, as if it came after this
            // demand.
            connection.demand();
            return;
        }
        pay(state.updateAndGet(now -> now | OWED));
    }

    /** Pauses for {@code reason}. */
    public void pause(Reason reason) {
        state.updateAndGet(now -> now | bit(reason));
    }

    /** Removes {@code reason}; reading resumes if no other reason is left. */
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
