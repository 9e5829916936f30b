package io.junctor.router.config.yaml;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Text that passes a test. Immutable.
 *
 * @param expected what fits
 * @param fits the test
 */
record Text(String expected, Predicate<String> fits) implements Scalar<String> {

    @Override
    public @Nullable String parse(String text) {
        return fits.test(text) ? text : null;
    }

    @Override
    public @Nullable String read(Value value) {
        if (value.isUnquotedNonText() && !value.isNothing()) {
            value.rejectUnless("text in quotes");
            return null;
        }
        return Scalar.super.read(value);
    }
}
