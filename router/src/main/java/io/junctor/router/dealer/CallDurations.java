package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;

/** A histogram of the durations of the calls of one registration, in which recent calls count more than old calls. Confined to the realm's turn. */
final class CallDurations {
    /** The number of counted durations at which each count is halved. */
    private static final int MOST_DURATIONS = 1_024;

    /** The number of classes of the histogram: four for each doubling of the duration, from 1 microsecond to 18 minutes. */
    private static final int CLASSES = 4 * 30;

    /** The number of durations in each class. */
    private final int[] counts = new int[CLASSES];

    private int total;

    /** Adds the duration of a call that was answered. */
    @InTurn
    void add(long nanos) {
        counts[classOf(nanos / 1_000)]++;
        total++;
        if (total >= MOST_DURATIONS) {
            total = 0;
            for (int i = 0; i < CLASSES; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
    }

    /** An estimate of a quantile of the durations, such as 0.95, in milliseconds. It is at most a quarter too high. */
    @InTurn
    double quantileMillis(double quantile) {
        long left = (long) Math.ceil(quantile * total);
        int index = 0;
        while (index < CLASSES - 1 && left > counts[index]) {
            left -= counts[index];
            index++;
        }
        return upperMicros(index) / 1_000.0;
    }

    private static int classOf(long micros) {
        if (micros < 4) {
            return (int) Math.max(0, micros);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        return Math.min(CLASSES - 1, 4 * (exponent - 1) + (int) (micros >>> (exponent - 2) & 3));
    }

    /** The upper limit of a class, which is no longer part of the class. */
    private static long upperMicros(int index) {
        return index < 4 ? index + 1 : (long) (5 + index % 4) << (index / 4 - 1);
    }
}
