package io.junctor.server.gateway.hooks;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Remembers the signatures of requests for some time, so that a replayed request has no effect. Thread-safe. */
final class UsedSignatures {
    /** The most signatures that are remembered; then the oldest is forgotten. Only senders that know the secret can add one. */
    private static final int MOST = 100_000;

    private final Duration time;
    private final LongSupplier nanos;

    /** The uses in the order in which they were added. */
    @GuardedBy("this")
    private final Map<String, SignatureUse> useBySignature = new LinkedHashMap<>();

    /** The state of a signature. */
    enum State {
        /** No request used the signature, or the request that used it failed. */
        NEW,
        /** A request with the signature is not answered yet. */
        IN_USE,
        /** A request with the signature succeeded. */
        USED
    }

    private record SignatureUse(long sinceNanos, boolean isDone) {}

    /** Creates a memory that keeps each signature for {@code time}; zero to remember none. */
    UsedSignatures(Duration time, LongSupplier nanos) {
        this.time = time;
        this.nanos = nanos;
    }

    /** Returns the state of a signature; a new one is in use from now on. An empty text is always new. */
    synchronized State use(String signature) {
        if (time.isZero() || signature.isEmpty()) {
            return State.NEW;
        }
        removeOld();
        SignatureUse first = useBySignature.putIfAbsent(signature, new SignatureUse(nanos.getAsLong(), false));
        if (first == null) {
            return State.NEW;
        }
        return first.isDone() ? State.USED : State.IN_USE;
    }

    /** Ends the use of a signature. If the request failed, the signature may be used again. */
    synchronized void finish(String signature, boolean isDone) {
        if (isDone) {
            useBySignature.computeIfPresent(signature, (same, use) -> new SignatureUse(use.sinceNanos(), true));
        } else {
            useBySignature.remove(signature);
        }
    }

    @GuardedBy("this")
    private void removeOld() {
        long nowNanos = nanos.getAsLong();
        Iterator<SignatureUse> all = useBySignature.values().iterator();
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
