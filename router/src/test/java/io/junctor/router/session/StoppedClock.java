package io.junctor.router.session;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still at the epoch; nothing becomes due. */
public final class StoppedClock implements Timers {
    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return () -> {};
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return () -> {};
    }
}
