package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.wamp.value.Arguments;

/** The progressive results and call arguments of one invocation, before its final answer. Thread-safe. */
public interface ProgressiveInvocation {
    /**
     * Sends a progressive result. Waits while the send buffer is full.
     *
     * @throws RequestException if the result cannot be sent; with {@code wamp.error.canceled} if the call has ended
     */
    void sendPart(Arguments arguments);

    /**
     * Waits for the next progressive part of the call's arguments.
     *
     * @throws RequestException if the call has ended or the waiting thread is interrupted
     */
    IncomingInvocation nextPart();
}
