package io.junctor.client.engine;

import io.junctor.wamp.value.Arguments;

/** Called on virtual threads, for many invocations at a time. */
@FunctionalInterface
public interface InvocationTarget {
    /**
     * One invocation with its arguments; returns the arguments of the result. A {@link Failure} is answered as it is,
     * anything else thrown is logged and answered by {@code wamp.error.runtime_error}.
     */
    Arguments onInvocation(Incoming incoming, Conversation conversation) throws Exception;
}
