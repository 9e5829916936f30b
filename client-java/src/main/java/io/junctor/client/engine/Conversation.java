package io.junctor.client.engine;

import io.junctor.wamp.value.Arguments;

/** Safe for use by many threads. What passes between a handler and its caller before the final answer. */
public interface Conversation {
    /**
     * Sends a partial result; waits while the send buffer is full.
     *
     * @throws Failure if it cannot be sent, {@code wamp.error.canceled} if the call is over
     */
    void sendPart(Arguments arguments);

    /**
     * Waits for the next part of the call.
     *
     * @throws Failure if the call is over, or the waiting thread is interrupted
     */
    Incoming nextPart();
}
