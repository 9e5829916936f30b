package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. Where a handler sends partial results while it works (section "Progressive Call Results"). */
@FunctionalInterface
public interface Progress {
    /**
     * Sends a partial result; waits while the send buffer is full.
     *
     * @throws WampException if it cannot be sent, and with {@code wamp.error.canceled} if the call is over
     */
    void send(Args args);

    /** Sends positional arguments as a partial result. */
    default void send(@Nullable Object... arguments) {
        send(Args.of(arguments));
    }
}
