package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one registration: how many, how many ended by an error, and how long they took. The duration of the first calls and of
 * each 16th later call is measured; recent calls count more than old ones. Confined to the realm's turn.
 */
final class CallStatistics {
    private static final int ALL_TIMED = 64;
    private static final int TIMED = 16;
    /** When this many durations are counted, each count is halved. */
    private static final int MOST_DURATIONS = 1_024;

    /** Four classes of durations for each doubling, from 1 microsecond to 18 minutes. */
    private static final int CLASSES = 4 * 30;

    long calls;
    long errors;
    /** The number of durations in each class; null before the first one. */
    private int @Nullable [] durations;

    private int total;

    /** Counts a call that begins. Returns whether its duration is to be measured. */
    @InTurn
    boolean begin() {
        calls++;
        return calls <= ALL_TIMED || calls % TIMED == 0;
    }

    /** Adds the duration of a call that was answered. */
    @InTurn
    void timed(long nanos) {
        int[] counts = durations;
        if (counts == null) {
            counts = new int[CLASSES];
            durations = counts;
        }
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

    /**
     * The duration in milliseconds that a share {@code quantile} of the calls do not exceed, at most a quarter too high; null before the
     * first one.
     */
    @InTurn
    @Nullable
    Double quantileMillis(double quantile) {
        int[] counts = durations;
        if (counts == null) {
            return null;
        }
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
