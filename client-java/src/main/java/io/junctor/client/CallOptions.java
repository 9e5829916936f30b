package io.junctor.client;

import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.Dict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable. How to call (section "Calling and Invocations"). */
public final class CallOptions {
    /** The client's timeout; the caller is not named; canceling interrupts the callee. */
    public static final CallOptions DEFAULT = new CallOptions(null, false, CancelMode.KILL_NO_WAIT, null);

    private final @Nullable Duration timeout;
    private final boolean discloseMe;
    private final CancelMode cancelMode;
    private final @Nullable String scheme;

    private CallOptions(
            @Nullable Duration timeout, boolean discloseMe, CancelMode cancelMode, @Nullable String scheme) {
        this.timeout = timeout;
        this.discloseMe = discloseMe;
        this.cancelMode = cancelMode;
        this.scheme = scheme;
    }

    /**
     * How long to wait for the result, and with partial results for each of them; then the call fails with
     * {@code wamp.error.timeout}, and the callee is interrupted if that is possible. The router is told, and keeps the time too.
     */
    public CallOptions timeout(Duration given) {
        return new CallOptions(Client.positive(given, "timeout"), discloseMe, cancelMode, scheme);
    }

    /** The callee is told who calls, if the router allows it. */
    public CallOptions discloseMe() {
        return new CallOptions(timeout, true, cancelMode, scheme);
    }

    /**
     * What canceling the call's future does, {@link CancelMode#KILL_NO_WAIT} by default. With {@link CancelMode#KILL} the future
     * is not canceled: {@code cancel} asks the callee to stop and returns false, and the future completes with what the callee
     * answers, {@code wamp.error.canceled} as a rule. {@link CancelMode#SKIP} does not tell the callee.
     */
    public CallOptions cancelMode(CancelMode mode) {
        return new CallOptions(timeout, discloseMe, mode, scheme);
    }

    /**
     * The router cannot read the arguments: the first codec of {@link Client#payloadCodecs} seals them. A callee that uses this
     * library seals its answer in the same way.
     */
    public CallOptions sealed() {
        return sealed("");
    }

    /** The same with the codec of this scheme. */
    public CallOptions sealed(String codecScheme) {
        return new CallOptions(timeout, discloseMe, cancelMode, codecScheme);
    }

    CancelMode cancelMode() {
        return cancelMode;
    }

    /** Null if not sealed, empty for the client's first codec. */
    @Nullable
    String scheme() {
        return scheme;
    }

    /** The timeout of this call, or the session's, or null. */
    @Nullable
    Duration timeoutOr(@Nullable Duration otherwise) {
        return timeout == null ? otherwise : timeout;
    }

    io.junctor.wamp.options.CallMessageOptions toWire(@Nullable Duration limit) {
        long millis = limit == null ? 0 : Math.max(1, limit.toMillis());
        return new io.junctor.wamp.options.CallMessageOptions(
                millis, false, false, discloseMe, null, List.of(), Dict.EMPTY);
    }
}
