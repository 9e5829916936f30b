package io.junctor.router.config.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes within a range, plain or with a binary unit. Immutable.
 *
 * @param leastBytes the least that fits
 * @param mostBytes the most that fits
 */
record Size(int leastBytes, int mostBytes) implements Scalar<Integer> {
    private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,10})(?<unit>KiB|MiB|GiB)?");

    @Override
    public String expected() {
        return "a size from " + shown(leastBytes) + " to " + shown(mostBytes) + " such as 64KiB, 1MiB or plain bytes";
    }

    @Override
    public @Nullable Integer parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group("number"));
        long bytes = Math.min(number, Integer.MAX_VALUE) << shift(matcher.group("unit"));
        return bytes >= leastBytes && bytes <= mostBytes ? (int) bytes : null;
    }

    private static int shift(@Nullable String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            case null, default -> 0;
        };
    }

    private static String shown(int bytes) {
        int unit = Math.min(30, Integer.numberOfTrailingZeros(bytes) / 10 * 10);
        return (bytes >> unit)
                + switch (unit) {
                    case 10 -> "KiB";
                    case 20 -> "MiB";
                    case 30 -> "GiB";
                    default -> "";
                };
    }
}
