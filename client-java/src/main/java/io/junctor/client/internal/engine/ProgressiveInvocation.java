package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestFailure;
import io.junctor.wamp.value.Arguments;

/** Safe for use by many threads. What passes between a handler and its caller before the final answer. */
public interface ProgressiveInvocation {
    /**
     * Sends a partial result; waits while the send buffer is full.
     *
     * @throws RequestFailure if it cannot be sent, {@code wamp.error.canceled} if the call is over
     */
    void sendPart(Arguments arguments);

    /**
     * Waits for the next part of the call.
     *
     * @throws RequestFailure if the call is over, or the waiting thread is interrupted
     */
    IncomingInvocation nextPart();
}
