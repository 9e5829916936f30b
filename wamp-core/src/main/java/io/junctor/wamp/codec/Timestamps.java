package io.junctor.wamp.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Formats timestamps and dates of the binary serializations as RFC 3339 strings, for serializations without such types. */
public final class Timestamps {
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long NANOS = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private Timestamps() {}

    /** Formats a time given in seconds and nanoseconds since 1970; returns null if RFC 3339 cannot express it. */
    public static @Nullable String text(long seconds, long nanos) {
        boolean isTime = seconds >= FIRST_SECOND && seconds <= LAST_SECOND && nanos >= 0 && nanos < NANOS;
        return isTime ? Instant.ofEpochSecond(seconds, nanos).toString() : null;
    }

    /** Formats a time given in seconds since 1970; returns null if RFC 3339 cannot express it. */
    public static @Nullable String text(double seconds) {
        if (!(seconds >= FIRST_SECOND && seconds <= LAST_SECOND)) {
            return null;
        }
        BigDecimal exact = new BigDecimal(Double.toString(seconds)).setScale(NANO_DIGITS, RoundingMode.HALF_EVEN);
        long nanos = exact.unscaledValue().longValueExact();
        return text(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** Formats a date given in days since 1970-01-01; returns null if RFC 3339 cannot express it. */
    public static @Nullable String date(long days) {
        return days >= FIRST_DAY && days <= LAST_DAY
                ? LocalDate.ofEpochDay(days).toString()
                : null;
    }
}
