package io.junctor.router.authorization;

import io.junctor.router.turn.Timers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches what an authorizer decided about one session. Thread-safe.
 *
 * <p>Each decision belongs to the epoch in which the authorizer was asked, and is valid in that epoch only.
 */
public final class CachedAuthorizerDecisions implements AuthorizerDecisions {
    private static final int MAX_DECISIONS = 1_024;

    /**
     * A decision.
     *
     * @param verdict the verdict
     * @param epoch the epoch in which the authorizer was asked
     * @param untilNanos when the decision expires for all messages except the message that waits for it
     */
    private record CachedDecision(Verdict.Decision verdict, long epoch, long untilNanos) {}

    private final Timers timers;
    private final LongSupplier realmEpoch;
    private final AtomicLong sessionEpoch = new AtomicLong();
    /** The cached decisions. Immutable and empty until the first decision, because authorizers decide about few sessions. */
    private volatile Map<PermissionQuery, CachedDecision> decisions = Map.of();

    /** The decision that was found last. */
    private volatile Map.@Nullable Entry<PermissionQuery, CachedDecision> recent;

    /** Decisions for the message that waits. They do not expire, and they include decisions that must not be cached. */
    private volatile Map<PermissionQuery, CachedDecision> waitedFor = Map.of();

    public CachedAuthorizerDecisions(Timers timers, LongSupplier realmEpoch) {
        this.timers = timers;
        this.realmEpoch = realmEpoch;
    }

    /** The current epoch; it increases when earlier decisions become invalid. */
    public long epoch() {
        return realmEpoch.getAsLong() + sessionEpoch.get();
    }

    /** Invalidates all decisions about this session. */
    public void invalidate() {
        sessionEpoch.incrementAndGet();
        if (!decisions.isEmpty()) {
            decisions.clear();
        }
    }

    /** Returns the decision that is valid now, or null. */
    Verdict.@Nullable Decision find(PermissionQuery query) {
        long epoch = epoch();
        CachedDecision decision = waitedFor.isEmpty() ? null : waitedFor.get(query);
        if (decision != null && decision.epoch() == epoch) {
            return decision.verdict();
        }
        CachedDecision known = cached(query);
        return known != null && known.epoch() == epoch && known.untilNanos() - timers.nanos() > 0
                ? known.verdict()
                : null;
    }

    /** Looks at the recent decision first, because most sessions repeat the same request. */
    private @Nullable CachedDecision cached(PermissionQuery query) {
        Map.Entry<PermissionQuery, CachedDecision> found = recent;
        if (found != null && found.getKey().equals(query)) {
            return found.getValue();
        }
        CachedDecision known = decisions.get(query);
        if (known != null) {
            recent = Map.entry(query, known);
        }
        return known;
    }

    /** Stores a decision: for the message that waits without a time limit, for other messages for {@code nanos} nanoseconds. */
    public void decided(PermissionQuery query, Verdict.Decision verdict, long epoch, long nanos) {
        CachedDecision decision = new CachedDecision(verdict, epoch, timers.nanos() + nanos);
        makeMaps();
        waitedFor.put(query, decision);
        if (decisions.size() >= MAX_DECISIONS) {
            decisions.clear();
        }
        decisions.put(query, decision);
        recent = Map.entry(query, decision);
    }

    private synchronized void makeMaps() {
        if (!(decisions instanceof ConcurrentMap)) {
            waitedFor = new ConcurrentHashMap<>(0);
            decisions = new ConcurrentHashMap<>(0);
        }
    }

    /** Refuses the message that waits, because the authorizer did not decide. */
    public void failed(PermissionQuery query) {
        makeMaps();
        waitedFor.put(query, new CachedDecision(SessionPermissions.FAILED, epoch(), 0));
    }

    /** Forgets the decisions for the message that waited. */
    public void passed() {
        if (!waitedFor.isEmpty()) {
            waitedFor.clear();
        }
    }

    @Override
    public Verdict.Decision last(PermissionQuery query) {
        CachedDecision known = decisions.get(query);
        return known != null && known.epoch() == epoch() ? known.verdict() : NOTHING.last(query);
    }
}
