package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;

/**
 * Options of {@code REGISTER} that the specification does not define.
 *
 * @param concurrency the maximum number of pending invocations of the callee, 0 for no maximum; further calls wait
 * @param forceReregister whether existing registrations of the procedure are revoked
 * @param leastPending whether a call goes to the callee with the fewest pending invocations; {@link
 *     InvokePolicy#ROUND_ROBIN} and {@link InvokePolicy#RANDOM} then select among equals
 */
public record RegisterExtensions(long concurrency, boolean forceReregister, boolean leastPending) {
    /** No extensions. */
    public static final RegisterExtensions NONE = new RegisterExtensions(0, false, false);

    static final String CONCURRENCY = "concurrency";
    static final String FORCE_REREGISTER = "force_reregister";
    static final String BALANCE = "_balance";

    private static final String LEAST_PENDING = "least_pending";

    static RegisterExtensions of(Dict dict) {
        Long concurrency = dict.integer(CONCURRENCY, 1);
        boolean force = dict.flag(FORCE_REREGISTER, false);
        boolean leastPending =
                dict.choice(BALANCE, wire -> wire.equals(LEAST_PENDING) ? Boolean.TRUE : null, Boolean.FALSE);
        return concurrency == null && !force && !leastPending
                ? NONE
                : new RegisterExtensions(concurrency == null ? 0 : concurrency, force, leastPending);
    }

    void put(Dict.Builder dict) {
        dict.put(CONCURRENCY, concurrency == 0 ? null : concurrency)
                .flag(FORCE_REREGISTER, forceReregister)
                .put(BALANCE, leastPending ? LEAST_PENDING : null);
    }
}
