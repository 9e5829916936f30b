package io.junctor.cluster.membership;

import io.junctor.cluster.engine.RouterId;

/** What a router knows of another one. Guarded by the membership's lock. */
final class RemoteRouter {
    private static final long SILENT_NANOS = 1_500_000_000L;
    private static final long UNREACHABLE_NANOS = 2_000_000_000L;
    private static final long STANDSTILL_NANOS = 15_000_000_000L;
    /** Probes go out with each heartbeat; if one is not reported, the router has a receiver again. */
    private static final long PROBES_NANOS = 1_200_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final RouterId router;
    private final String name;
    private long revision;
    private long revisionSinceNanos;
    private long heardNanos;
    private long unreachableSinceNanos = NEVER;
    private long unreachableLastNanos = NEVER;
    private boolean suspected;

    RemoteRouter(RouterId router, String name, long revision, long nowNanos) {
        this.router = router;
        this.name = name;
        this.revision = revision;
        this.revisionSinceNanos = nowNanos;
        this.heardNanos = nowNanos;
    }

    RouterId router() {
        return router;
    }

    String name() {
        return name;
    }

    long revision() {
        return revision;
    }

    boolean isSuspected() {
        return suspected;
    }

    /** Returns whether it was suspected and no longer is. */
    boolean heard(long nowNanos) {
        heardNanos = nowNanos;
        unreachableSinceNanos = NEVER;
        boolean was = suspected;
        suspected = false;
        return was;
    }

    void touched(long newRevision, long nowNanos) {
        revision = newRevision;
        revisionSinceNanos = nowNanos;
    }

    /** A probe had no receiver. */
    void unreachable(long nowNanos) {
        if (unreachableSinceNanos == NEVER || nowNanos - unreachableLastNanos > PROBES_NANOS) {
            unreachableSinceNanos = nowNanos;
        }
        unreachableLastNanos = nowNanos;
    }

    /** Begins to count anew, as after a lost connection of this router: the other one may have lost its connection too. */
    void restart(long nowNanos) {
        listenAnew(nowNanos);
        revisionSinceNanos = nowNanos;
    }

    /**
     * After a pause of this router, what was sent meanwhile has not been heard yet. How long the record stands still counts on: no verdict
     * succeeds if it was written.
     */
    void listenAnew(long nowNanos) {
        heardNanos = nowNanos;
        unreachableSinceNanos = NEVER;
    }

    /** Returns whether it is suspected from now on. */
    boolean becomesSuspected(long nowNanos) {
        boolean becomes = !suspected && nowNanos - heardNanos >= SILENT_NANOS;
        suspected |= becomes;
        return becomes;
    }

    boolean isUnreachable(long nowNanos) {
        return unreachableSinceNanos != NEVER
                && nowNanos - unreachableSinceNanos >= UNREACHABLE_NANOS
                && nowNanos - unreachableLastNanos <= PROBES_NANOS;
    }

    boolean standsStill(long nowNanos) {
        return nowNanos - revisionSinceNanos >= STANDSTILL_NANOS;
    }
}
