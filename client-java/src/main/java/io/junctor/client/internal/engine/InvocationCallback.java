package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestFailure;
import io.junctor.wamp.value.Arguments;

/** Called on virtual threads, for many invocations at a time. */
@FunctionalInterface
public interface InvocationCallback {
    /**
     * One invocation with its arguments; returns the arguments of the result. A {@link RequestFailure} is answered as it is,
     * anything else thrown is logged and answered by {@code wamp.error.runtime_error}.
     */
    Arguments onInvocation(IncomingInvocation incoming, ProgressiveInvocation conversation) throws Exception;
}
