package io.junctor.cli.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses durations: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}; a number alone means seconds. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|m|h|)");
    private static final Duration LONGEST = Duration.ofDays(365);

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw unfit(text);
        }
        long unitMillis = switch (parts.group(2)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
        Duration duration = Duration.ofMillis(new BigDecimal(parts.group(1))
                .multiply(BigDecimal.valueOf(unitMillis))
                .longValue());
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw unfit(text);
        }
        return duration;
    }

    private static TypeConversionException unfit(String text) {
        return new TypeConversionException(
                "'" + text + "' is not a time such as 500ms, 10s, 2m or 1h, at most 365 days");
    }

    /** Returns a duration for people: {@code 500 ms} or {@code 10 s}. */
    public static String write(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
