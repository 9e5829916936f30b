package io.junctor.server.gateway.hooks;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Remembers the signatures of requests for a time, so that a request that comes again has no effect. Thread-safe. */
final class UsedSignatures {
    /** Only senders that know the secret can add one; the oldest is forgotten when there are more. */
    private static final int MOST = 100_000;

    private final Duration time;
    private final LongSupplier nanos;

    /** In the order in which they were added. */
    @GuardedBy("this")
    private final Map<String, Use> useBySignature = new LinkedHashMap<>();

    /** Whether a signature was used. */
    enum State {
        /** Never, or its request failed. */
        NEW,
        /** By a request that is not answered yet. */
        IN_USE,
        /** By a request that had its effect. */
        USED
    }

    private record Use(long sinceNanos, boolean isDone) {}

    /** Remembers for {@code time}; zero for not at all. */
    UsedSignatures(Duration time, LongSupplier nanos) {
        this.time = time;
        this.nanos = nanos;
    }

    /** The state of a signature, which is in use from now on if it was new. An empty one is always new. */
    synchronized State use(String signature) {
        if (time.isZero() || signature.isEmpty()) {
            return State.NEW;
        }
        removeOld();
        Use first = useBySignature.putIfAbsent(signature, new Use(nanos.getAsLong(), false));
        if (first == null) {
            return State.NEW;
        }
        return first.isDone() ? State.USED : State.IN_USE;
    }

    /** The request with this signature has had its effect or has failed; then it may come again. */
    synchronized void finish(String signature, boolean isDone) {
        if (isDone) {
            useBySignature.computeIfPresent(signature, (same, use) -> new Use(use.sinceNanos(), true));
        } else {
            useBySignature.remove(signature);
        }
    }

    @GuardedBy("this")
    private void removeOld() {
        long nowNanos = nanos.getAsLong();
        Iterator<Use> all = useBySignature.values().iterator();
        int surplus = useBySignature.size() - MOST + 1;
        while (all.hasNext()) {
            if (nowNanos - all.next().sinceNanos() < time.toNanos() && surplus <= 0) {
                return;
            }
            all.remove();
            surplus--;
        }
    }
}
