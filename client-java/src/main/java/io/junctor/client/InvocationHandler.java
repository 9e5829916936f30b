package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Called on virtual threads, for many invocations at a time. */
@FunctionalInterface
public interface InvocationHandler {
    /**
     * Answers a call. It may block and use the session. Its thread is interrupted when the caller has given up.
     *
     * <p>{@link Args} are the result as they are; null is a result without arguments; any other object is the only argument.
     * A {@link WampException} is the error the caller gets. Anything else thrown is logged with {@link System.Logger}, and
     * the caller gets {@code wamp.error.runtime_error} with its message. A result that cannot be serialized is
     * {@code wamp.error.invalid_payload}, one that is too large {@code wamp.error.payload_size_exceeded}.
     */
    @Nullable
    Object onInvocation(Invocation invocation) throws Exception;
}
