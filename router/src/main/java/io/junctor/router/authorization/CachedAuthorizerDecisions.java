package io.junctor.router.authorization;

import io.junctor.router.spi.Action;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. What an authorizer decided about one session. Each decision carries the epoch in which it was asked for: when
 * that is over, it holds no more.
 */
public final class CachedAuthorizerDecisions implements AuthorizerDecisions {
    private static final int MEMORY = 1_024;

    /**
     * Immutable. A decision.
     *
     * @param verdict what follows from it
     * @param epoch when it was asked for
     * @param untilNanos how long it holds without a message that waits for it
     */
    private record Decision(Verdict verdict, long epoch, long untilNanos) {}

    private final Timers timers;
    private final LongSupplier epochOfRealm;
    private final AtomicLong own = new AtomicLong();
    private final Map<PermissionQuery, Decision> remembered = new ConcurrentHashMap<>(0);
    /** The one of them that was found last. */
    private volatile Map.@Nullable Entry<PermissionQuery, Decision> recent;

    /** For the message that waits: however long it took, and whether it may be remembered or not. */
    private final Map<PermissionQuery, Decision> waitedFor = new ConcurrentHashMap<>(0);

    public CachedAuthorizerDecisions(Timers timers, LongSupplier epochOfRealm) {
        this.timers = timers;
        this.epochOfRealm = epochOfRealm;
    }

    /** Grows whenever all that was decided until then is to be decided anew. */
    public long epoch() {
        return epochOfRealm.getAsLong() + own.get();
    }

    /** Begins a new epoch of this session. */
    public void invalidate() {
        own.incrementAndGet();
        remembered.clear();
    }

    /** What holds now, or null. */
    @Nullable
    Verdict find(PermissionQuery question) {
        long epoch = epoch();
        Decision decision = waitedFor.isEmpty() ? null : waitedFor.get(question);
        if (decision != null && decision.epoch() == epoch) {
            return decision.verdict();
        }
        Decision known = remembered(question);
        return known != null && known.epoch() == epoch && known.untilNanos() - timers.nanos() > 0
                ? known.verdict()
                : null;
    }

    /** Most sessions ask for the same again and again. */
    private @Nullable Decision remembered(PermissionQuery question) {
        Map.Entry<PermissionQuery, Decision> found = recent;
        if (found != null && found.getKey().equals(question)) {
            return found.getValue();
        }
        Decision known = remembered.get(question);
        if (known != null) {
            recent = Map.entry(question, known);
        }
        return known;
    }

    /** Keeps what was decided for the message that waits, and for so long for others. */
    public void decided(PermissionQuery question, Verdict verdict, long epoch, long nanos) {
        Decision decision = new Decision(verdict, epoch, timers.nanos() + nanos);
        waitedFor.put(question, decision);
        if (remembered.size() >= MEMORY) {
            remembered.clear();
        }
        remembered.put(question, decision);
        recent = Map.entry(question, decision);
    }

    /** It was not decided: the message that waits gets this. */
    public void failed(PermissionQuery question, Verdict verdict) {
        waitedFor.put(question, new Decision(verdict, epoch(), 0));
    }

    /** No message waits any more. */
    public void passed() {
        if (!waitedFor.isEmpty()) {
            waitedFor.clear();
        }
    }

    @Override
    public Verdict last(Action action, Uri uri, MatchPolicy match) {
        Decision known = remembered.get(new PermissionQuery(action, uri, match));
        return known != null && known.epoch() == epoch() ? known.verdict() : NOTHING.last(action, uri, match);
    }
}
