package io.junctor.wamp.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decoded Arguments and ArgumentsKw of a message.
 *
 * <p>A value is null, {@link Boolean}, {@link Long}, {@link java.math.BigInteger} (beyond 64 bits), {@link Double},
 * {@link java.math.BigDecimal} (if a double would lose digits), {@link String}, {@code byte[]}, a {@link List} or a {@link Map} of values
 * with {@link String} keys, in the sender's order. Writers also accept the other {@link Number} types of the JDK.
 *
 * @param positional the Arguments, empty if absent
 * @param keywords the ArgumentsKw, empty if absent
 */
public record Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> keywords) {
    /** Neither Arguments nor ArgumentsKw. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** Copies both collections. Elements may be null. */
    public Arguments {
        positional = Collections.unmodifiableList(new ArrayList<>(positional));
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** Positional arguments only. */
    public static Arguments of(@Nullable Object... positional) {
        return new Arguments(java.util.Arrays.asList(positional), Map.of());
    }
}
