package io.junctor.router.config.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A duration within a range, always with a unit. Immutable.
 *
 * @param least the least that fits
 * @param most the most that fits
 */
record Span(Duration least, Duration most) implements Scalar<Duration> {
    private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|m|h)");

    @Override
    public String expected() {
        return "a duration from " + shown(least) + " to " + shown(most) + " such as 200ms, 5s or 1m";
    }

    @Override
    public @Nullable Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Duration duration = of(Long.parseLong(matcher.group("number")), matcher.group("unit"));
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0 ? duration : null;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static String shown(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toMinutesPart() == 0 && duration.toSecondsPart() == 0
                ? duration.toHours() + "h"
                : duration.toSeconds() + "s";
    }
}
