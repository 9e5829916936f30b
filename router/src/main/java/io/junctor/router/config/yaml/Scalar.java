package io.junctor.router.config.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A single value. Immutable.
 *
 * @param <T> what it becomes
 */
sealed interface Scalar<T> extends Kind<T> permits Text, SecretText, WholeNumber, Size, Span, Flag, NetworkText {

    /** What fits, as it stands after "must be". */
    String expected();

    /** What the text means, or null where it does not fit. */
    @Nullable
    T parse(String text);

    @Override
    default @Nullable T read(Value value) {
        String text = value.text(expected());
        if (text == null) {
            return null;
        }
        T parsed = parse(text);
        if (parsed == null) {
            value.rejectUnless(expected());
        }
        return parsed;
    }
}
