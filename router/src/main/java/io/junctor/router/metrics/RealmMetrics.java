package io.junctor.router.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** The figures of one realm, or of all realms of one template together. Thread-safe. */
public final class RealmMetrics {
    private final AtomicLongArray values = new AtomicLongArray(RealmFigure.values().length);

    /** The figure as a realm last told it. */
    public long value(RealmFigure figure) {
        return values.get(figure.ordinal());
    }

    /** Adds what has changed in one realm since it last told the figure. */
    public void add(RealmFigure figure, long change) {
        values.addAndGet(figure.ordinal(), change);
    }
}
