package io.junctor.client;

import io.junctor.wamp.value.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a publication, a call, a result or an error: positional arguments and keyword arguments. Immutable
 * if their values are immutable.
 *
 * <p>A value is null, a boolean, a number, a string, {@code byte[]}, a list, a map with string keys, or any object that
 * Jackson can write. A number that the serialization cannot represent exactly is refused: in MessagePack, a
 * {@link java.math.BigDecimal} must be equal to a 64-bit float.
 */
public final class Args {
    /** No arguments. */
    public static final Args NONE = new Args(List.of(), Map.of());

    private final List<@Nullable Object> positional;
    private final Map<String, @Nullable Object> keywords;

    private Args(List<@Nullable Object> positional, Map<String, @Nullable Object> keywords) {
        this.positional = Collections.unmodifiableList(positional);
        this.keywords = Collections.unmodifiableMap(keywords);
    }

    /** Creates positional arguments; elements may be null. */
    public static Args of(@Nullable Object... positional) {
        return new Args(new ArrayList<@Nullable Object>(Arrays.asList(positional)), Map.of());
    }

    static Args received(Arguments arguments) {
        return new Args(arguments.positional(), arguments.keywords());
    }

    /** Returns these arguments with an additional keyword argument, which replaces one with the same keyword. */
    public Args with(String keyword, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(keywords);
        more.put(keyword, value);
        return new Args(positional, more);
    }

    /** Returns the positional arguments. Unmodifiable. */
    public List<@Nullable Object> positional() {
        return positional;
    }

    /** Returns the keyword arguments in the order in which they were added. Unmodifiable. */
    public Map<String, @Nullable Object> keywords() {
        return keywords;
    }
}
