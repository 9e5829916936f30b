package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Sends the progressive results of a handler while it works (section "Progressive Call Results"). Thread-safe. */
@FunctionalInterface
public interface Progress {
    /**
     * Sends a progressive result. Waits while the send buffer is full.
     *
     * @throws WampException if the result cannot be sent; with {@code wamp.error.canceled} if the call has ended
     */
    void send(Args args);

    /** Sends positional arguments as a progressive result. */
    default void send(@Nullable Object... arguments) {
        send(Args.of(arguments));
    }
}
