package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Handles the invocations of one registration. Called on virtual threads, for many invocations at the same time. */
@FunctionalInterface
public interface InvocationHandler {
    /**
     * Handles one call and returns the result. It may block and use the session. Its thread is interrupted when the
     * call is canceled.
     *
     * <p>{@link Args} are all arguments of the result. Null is a result without arguments. Any other object is the only
     * argument. A thrown {@link WampException} is the error for the caller. Any other exception is logged with {@link
     * System.Logger}, and the caller gets {@code wamp.error.runtime_error} with its message. If the result cannot be
     * serialized, the caller gets {@code wamp.error.invalid_payload}; if it is too large, {@code
     * wamp.error.payload_size_exceeded}. Both are logged.
     */
    @Nullable
    Object onInvocation(Invocation invocation) throws Exception;
}
