package io.junctor.router.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** The figures of one realm, or of all realms of one template together. Thread-safe. */
public final class RealmMetrics {
    private final AtomicLongArray values = new AtomicLongArray(RealmFigure.values().length);

    /** The value of the figure, as of the last reports of the realms. */
    public long value(RealmFigure figure) {
        return values.get(figure.ordinal());
    }

    /** Adds the change of the figure in one realm since its last report. */
    public void add(RealmFigure figure, long change) {
        values.addAndGet(figure.ordinal(), change);
    }
}
