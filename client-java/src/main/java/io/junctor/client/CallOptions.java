package io.junctor.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Immutable. How to call (section "Calling and Invocations"). */
public final class CallOptions {
    /** The client's request timeout. */
    public static final CallOptions DEFAULT = new CallOptions(null);

    private final @Nullable Duration timeout;

    private CallOptions(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * How long to wait for the result; then the call fails with {@code wamp.error.timeout}, and the router is asked to cancel
     * it if it can.
     */
    public CallOptions timeout(Duration given) {
        return new CallOptions(Client.positive(given, "timeout"));
    }

    long timeoutNanos(long otherwiseNanos) {
        return timeout == null ? otherwiseNanos : timeout.toNanos();
    }
}
