package io.junctor.wamp.codec;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder in decoded arguments for a value that other serializations cannot express.
 *
 * @param kind names the kind of value in error texts
 */
record UnsupportedValue(String kind) {
    /** True if {@code value} is such a value or contains one. */
    static boolean isIn(@Nullable Object value) {
        return switch (value) {
            case UnsupportedValue ignored -> true;
            case Collection<?> list -> list.stream().anyMatch(UnsupportedValue::isIn);
            case Map<?, ?> dict -> isIn(dict.keySet()) || isIn(dict.values());
            case null, default -> false;
        };
    }
}
