package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;

/** How long the calls of one registration took. Recent calls count more than old ones. Confined to the realm's turn. */
final class CallDurations {
    /** When this many durations are counted, each count is halved. */
    private static final int MOST_DURATIONS = 1_024;

    /** Four classes of durations for each doubling, from 1 microsecond to 18 minutes. */
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

    /** The duration in milliseconds that a share {@code quantile} of the calls do not exceed, at most a quarter too high. */
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

    /** The first duration that is too long for a class. */
    private static long upperMicros(int index) {
        return index < 4 ? index + 1 : (long) (5 + index % 4) << (index / 4 - 1);
    }
}
