package io.junctor.cluster.membership;

import io.junctor.cluster.engine.RouterId;

/** The state of another router as this router knows it. Guarded by the membership's lock. */
final class RemoteRouter {
    private static final long SILENT_NANOS = 1_500_000_000L;
    private static final long UNREACHABLE_NANOS = 2_000_000_000L;
    private static final long STANDSTILL_NANOS = 15_000_000_000L;
    /**
     * The longest time between two reports that a probe had no receiver. This router sends a probe with each heartbeat, so after a longer time
     * without a report the inbox has a receiver again.
     */
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

    /** Notes a heartbeat of the router; returns whether the router was suspected until now. */
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

    /** Notes that a probe had no receiver. */
    void unreachable(long nowNanos) {
        if (unreachableSinceNanos == NEVER || nowNanos - unreachableLastNanos > PROBES_NANOS) {
            unreachableSinceNanos = nowNanos;
        }
        unreachableLastNanos = nowNanos;
    }

    /** Restarts all time limits after this router has lost its connection: the other router may have lost its connection too. */
    void restart(long nowNanos) {
        listenAnew(nowNanos);
        revisionSinceNanos = nowNanos;
    }

    /**
     * Restarts the time limit for heartbeats after a pause of this router, which has not received the heartbeats of that time yet. The time
     * limit for the record continues: a verdict fails if the record was rewritten meanwhile.
     */
    void listenAnew(long nowNanos) {
        heardNanos = nowNanos;
        unreachableSinceNanos = NEVER;
    }

    /** Marks the router as suspected if it has been silent for too long; returns whether it was not suspected before. */
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
