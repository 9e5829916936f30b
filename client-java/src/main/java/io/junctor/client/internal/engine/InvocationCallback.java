package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.wamp.value.Arguments;

/** Receives the invocations of one registration, many at a time, on virtual threads. */
@FunctionalInterface
public interface InvocationCallback {
    /**
     * Handles one invocation and returns the arguments of the result. A {@link RequestException} is sent as an {@code
     * ERROR}. Any other exception is logged and sent as {@code wamp.error.runtime_error}.
     */
    Arguments onInvocation(IncomingInvocation incoming, ProgressiveInvocation conversation) throws Exception;
}
