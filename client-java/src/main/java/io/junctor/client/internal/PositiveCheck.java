package io.junctor.client.internal;

import java.time.Duration;

/** Checks settings that must be greater than zero. Thread-safe. */
public final class PositiveCheck {
    private PositiveCheck() {}

    /** Returns the duration if it is greater than zero. */
    public static Duration check(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
        return duration;
    }

    /** Returns the number if it is greater than zero. */
    public static int check(int number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + number);
        }
        return number;
    }
}
