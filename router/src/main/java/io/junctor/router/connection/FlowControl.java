package io.junctor.router.connection;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.WampError;
import java.util.function.Supplier;

/**
 * Handles a client that sends more, or receives less, than its session allows. A session calls it in the turn of its realm. By default its
 * methods do nothing, as a session without a client requires.
 */
public interface FlowControl {
    /** Drops the transport, because the outbox is so full that the session must end. */
    @InTurn
    default void onOverflow() {}

    /** Pings the client; runs {@code answered} when the client has answered, possibly at once, on any thread. */
    @InTurn
    default void onProbe(Runnable answered) {
        answered.run();
    }

    /** The time for which the client may be silent after a ping before it counts as disconnected. */
    default long pongWaitMillis() {
        return ListenerLimits.DEFAULT.pongWait().toMillis();
    }

    /** Drops the transport, because the client did not answer a ping. */
    @InTurn
    default void onSilent() {}

    /** Reports that events are dropped because the outbox is full. Not called again until an event has fitted into the outbox. */
    @InTurn
    default void onDropping() {}

    /** Logs, with the client's address, that a request was refused with {@code error}. */
    @InTurn
    default void onRefused(WampError error, Supplier<RefusedRequest> request) {}

    /** Pauses reading until at most {@code untilBytes} wait, because too many answers wait for the client. */
    @InTurn
    default void onAnswersPiledUp(long untilBytes) {}

    /** Pauses reading until {@link #onLongWorkDone}, because a request of the session takes more than one turn. */
    @InTurn
    default void onLongWork() {}

    /** Resumes reading, because the last such request has ended. */
    @InTurn
    default void onLongWorkDone() {}
}
