package io.junctor.client;

import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;

/** Immutable. How to register (section "Registering and Unregistering"). */
public final class RegisterOptions {
    /** The procedure itself, by this session only. */
    public static final RegisterOptions DEFAULT = new RegisterOptions(Dict.EMPTY, false);

    private final Dict dict;
    private final boolean inParts;

    private RegisterOptions(Dict dict, boolean inParts) {
        this.dict = dict;
        this.inParts = inParts;
    }

    /** Every procedure whose text begins with the one given: {@code shop.order} also fits {@code shop.orders.list}. */
    public RegisterOptions prefix() {
        return with("match", MatchPolicy.PREFIX.wire());
    }

    /** Every procedure of as many parts, where empty parts fit anything: {@code shop..price}. */
    public RegisterOptions wildcard() {
        return with("match", MatchPolicy.WILDCARD.wire());
    }

    /** Other sessions may register the procedure too, with the same policy, which says who gets a call. */
    public RegisterOptions shared(InvokePolicy policy) {
        return with("invoke", policy.wire());
    }

    /**
     * With {@link InvokePolicy#ROUND_ROBIN} or {@link InvokePolicy#RANDOM}: the one with the fewest calls at work gets
     * the next. Routers other than Junctor may ignore it.
     */
    public RegisterOptions leastPending() {
        return with("_balance", "least_pending");
    }

    /** At most this many calls at a time; more wait in the router. Routers may ignore it. */
    public RegisterOptions concurrency(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("concurrency must be positive, not " + calls);
        }
        return with("concurrency", (long) calls);
    }

    /** Whoever holds the procedure loses it, if this session may do that. Routers may ignore it. */
    public RegisterOptions replacing() {
        return with("force_reregister", true);
    }

    /** The handler is told who calls, if the router allows it: {@link Invocation#caller}. */
    public RegisterOptions discloseCaller() {
        return with("disclose_caller", true);
    }

    /**
     * This side, not the router, ends a call whose timeout has passed: the handler is interrupted, and the caller gets
     * {@code wamp.error.timeout}.
     */
    public RegisterOptions forwardTimeout() {
        return with("forward_timeout", true);
    }

    /**
     * The handler reads {@link Invocation#parts}, so it may be called by {@link Session#callInParts}. Otherwise such calls are answered
     * by {@code wamp.error.feature_not_supported}.
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
