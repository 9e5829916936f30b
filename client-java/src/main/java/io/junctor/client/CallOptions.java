package io.junctor.client;

import io.junctor.client.internal.PositiveCheck;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a call (section "Calling and Invocations"). Immutable; each method returns a copy. */
public final class CallOptions {
    /** The client's timeout, no disclosure of the caller, cancel mode {@code killnowait}. */
    public static final CallOptions DEFAULT = new CallOptions(null, false, CancelMode.KILL_NO_WAIT, null, Dict.EMPTY);

    private final @Nullable Duration timeout;
    private final boolean discloseMe;
    private final CancelMode cancelMode;
    private final @Nullable String scheme;
    private final Dict trace;

    private CallOptions(
            @Nullable Duration timeout,
            boolean discloseMe,
            CancelMode cancelMode,
            @Nullable String scheme,
            Dict trace) {
        this.timeout = timeout;
        this.discloseMe = discloseMe;
        this.cancelMode = cancelMode;
        this.scheme = scheme;
        this.trace = trace;
    }

    /**
     * Limits the time until the result, and until each progressive result. After this time the call fails with {@code
     * wamp.error.timeout}, and the callee is interrupted if the router supports that. The client sends the timeout to the router, which
     * applies it too.
     */
    public CallOptions timeout(Duration given) {
        return new CallOptions(PositiveCheck.check(given, "timeout"), discloseMe, cancelMode, scheme, trace);
    }

    /** Discloses the caller to the callee, if the router allows it. */
    public CallOptions discloseMe() {
        return new CallOptions(timeout, true, cancelMode, scheme, trace);
    }

    /**
     * Sets the effect of canceling the future of the call. Default: {@link CancelMode#KILL_NO_WAIT}, which interrupts the
     * callee. With {@link CancelMode#KILL}, {@code cancel} interrupts the callee and returns false, and the future
     * completes with the callee's answer, usually {@code wamp.error.canceled}. {@link CancelMode#SKIP} does not
     * interrupt the callee.
     */
    public CallOptions cancelMode(CancelMode mode) {
        return new CallOptions(timeout, discloseMe, mode, scheme, trace);
    }

    /**
     * Encodes the arguments with the first codec of {@link Client.Builder#payloadCodecs}, so that the router cannot
     * read them. A callee that uses this library encodes its answer with the same scheme.
     */
    public CallOptions sealed() {
        return sealed("");
    }

    /** Encodes the arguments with the codec of this scheme. */
    public CallOptions sealed(String codecScheme) {
        return new CallOptions(timeout, discloseMe, cancelMode, codecScheme, trace);
    }

    /** Sets the trace that the call belongs to; the callee receives it, see {@link Invocation#trace}. */
    public CallOptions trace(TraceContext context) {
        return new CallOptions(timeout, discloseMe, cancelMode, scheme, context.toDict());
    }

    CancelMode cancelMode() {
        return cancelMode;
    }

    /** Returns the scheme, empty for the first codec, or null if the arguments are not sealed. */
    @Nullable
    String scheme() {
        return scheme;
    }

    /** Returns the timeout of this call, or {@code otherwise} if it has none. */
    @Nullable
    Duration timeoutOr(@Nullable Duration otherwise) {
        return timeout == null ? otherwise : timeout;
    }

    io.junctor.wamp.options.CallMessageOptions toWire(@Nullable Duration limit) {
        long millis = limit == null ? 0 : Math.max(1, limit.toMillis());
        return new io.junctor.wamp.options.CallMessageOptions(millis, false, false, discloseMe, null, List.of(), trace);
    }
}
