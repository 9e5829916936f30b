package io.junctor.router.connection;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.WampError;
import java.util.function.Supplier;

/**
 * Acts on a client that sends more, or takes less, than its session allows. A session calls it in the turn of its realm. By default
 * nothing is done, which is right for a session without a client.
 */
public interface FlowControl {
    /** The outbox is so full that the session must end: drops the transport. */
    @InTurn
    default void onOverflow() {}

    /** Asks the client for a sign of life; runs {@code answered} when there is one, possibly at once, on any thread. */
    @InTurn
    default void onProbe(Runnable answered) {
        answered.run();
    }

    /** How long the client may be silent after a ping before it counts as gone. */
    default long pongWaitMillis() {
        return ListenerLimits.DEFAULT.pongWait().toMillis();
    }

    /** The client gave no sign of life: drops the transport. */
    @InTurn
    default void onSilent() {}

    /** Events are dropped because the outbox is full. Called once until an event fits again. */
    @InTurn
    default void onDropping() {}

    /** A request is refused with {@code error}: logs it with the client's address. */
    @InTurn
    default void onRefused(WampError error, Supplier<RefusedRequest> request) {}

    /** Too many answers wait for the client: pauses reading until only {@code untilBytes} wait. */
    @InTurn
    default void onAnswersPiledUp(long untilBytes) {}

    /** A request of the session takes more than one turn: pauses reading until {@link #onLongWorkDone}. */
    @InTurn
    default void onLongWork() {}

    /** The last such request is done: reading goes on. */
    @InTurn
    default void onLongWorkDone() {}
}
