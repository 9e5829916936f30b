package io.junctor.client;

import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;

/** The options of a registration (section "Registering and Unregistering"). Immutable; each method returns a copy. */
public final class RegisterOptions {
    /** Match policy {@code exact}, invocation policy {@code single}. */
    public static final RegisterOptions DEFAULT = new RegisterOptions(Dict.EMPTY, false);

    private final Dict dict;
    private final boolean inParts;

    private RegisterOptions(Dict dict, boolean inParts) {
        this.dict = dict;
        this.inParts = inParts;
    }

    /** Match policy {@code prefix}: {@code shop.order} also matches {@code shop.orders.list}. */
    public RegisterOptions prefix() {
        return with("match", MatchPolicy.PREFIX.wire());
    }

    /** Match policy {@code wildcard}: in {@code shop..price} the empty component matches any component. */
    public RegisterOptions wildcard() {
        return with("match", MatchPolicy.WILDCARD.wire());
    }

    /**
     * Shares the registration with other sessions that use the same policy. The policy selects the callee of each call.
     */
    public RegisterOptions shared(InvokePolicy policy) {
        return with("invoke", policy.wire());
    }

    /**
     * With {@link InvokePolicy#ROUND_ROBIN} or {@link InvokePolicy#RANDOM}, the callee with the fewest pending calls
     * receives the next call. Routers other than Junctor may ignore this option.
     */
    public RegisterOptions leastPending() {
        return with("_balance", "least_pending");
    }

    /** Limits the concurrent calls of this callee. Further calls wait in the router. Routers may ignore this option. */
    public RegisterOptions concurrency(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("concurrency must be positive, not " + calls);
        }
        return with("concurrency", (long) calls);
    }

    /** Replaces the current registration of the procedure, if the role allows it. Routers may ignore this option. */
    public RegisterOptions replacing() {
        return with("force_reregister", true);
    }

    /** Asks the router to disclose the caller; see {@link Invocation#caller}. */
    public RegisterOptions discloseCaller() {
        return with("disclose_caller", true);
    }

    /**
     * Lets the callee apply the timeout of a call instead of the router: the handler is interrupted, and the caller receives
     * {@code wamp.error.timeout}.
     */
    public RegisterOptions forwardTimeout() {
        return with("forward_timeout", true);
    }

    /**
     * Accepts progressive calls; the handler reads {@link Invocation#parts}. Without this option the client refuses calls that a caller
     * made
     * by {@link Session#callInParts}, with {@code wamp.error.feature_not_supported}.
     */
    public RegisterOptions inParts() {
        return new RegisterOptions(dict, true);
    }

    boolean takesParts() {
        return inParts;
    }

    io.junctor.wamp.options.RegisterMessageOptions toWire() {
        return io.junctor.wamp.options.RegisterMessageOptions.of(dict);
    }

    private RegisterOptions with(String key, Object value) {
        return new RegisterOptions(dict.with().put(key, value).build(), inParts);
    }
}
