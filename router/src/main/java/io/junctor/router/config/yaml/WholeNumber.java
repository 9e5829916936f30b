package io.junctor.router.config.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole number within a range. Immutable.
 *
 * @param least the least that fits
 * @param most the most that fits
 */
record WholeNumber(int least, int most) implements Scalar<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

    @Override
    public String expected() {
        return "a whole number from " + least + " to " + most;
    }

    @Override
    public @Nullable Integer parse(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return null;
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most ? (int) number : null;
    }
}
