package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Handles the invocations of one registration. Called on virtual threads, for many invocations at the same time. */
@FunctionalInterface
public interface InvocationHandler {
    /**
     * Handles one call and returns the result. It may block and use the session. Its thread is interrupted when the
     * call is canceled.
     *
     * <p>A returned {@link Args} object contains all arguments of the result. Null means a result without arguments. Any other object is
     * the only argument. A thrown {@link WampException} is sent to the caller as the error. Any other exception is logged with {@link
     * System.Logger}, and the caller receives {@code wamp.error.runtime_error} with its message. If the result cannot be
     * serialized, the caller receives {@code wamp.error.invalid_payload}; if it is too large, {@code
     * wamp.error.payload_size_exceeded}. Both are logged.
     */
    @Nullable
    Object onInvocation(Invocation invocation) throws Exception;
}
