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
 * Immutable, as long as its elements are. The arguments of a publication, a call, a result or an error: positional ones and
 * ones with a keyword.
 *
 * <p>An element is null, a boolean, a number, a string, {@code byte[]}, a list, a map with string keys, or any object that
 * Jackson can write; bytes stay bytes in every serialization.
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

    /** Positional arguments; elements may be null. */
    public static Args of(@Nullable Object... positional) {
        return new Args(new ArrayList<@Nullable Object>(Arrays.asList(positional)), Map.of());
    }

    /** Keyword arguments only; values may be null. */
    public static Args ofKeywords(Map<String, ? extends @Nullable Object> keywords) {
        return new Args(List.of(), new LinkedHashMap<>(keywords));
    }

    static Args received(Arguments arguments) {
        return new Args(arguments.positional(), arguments.keywords());
    }

    /** These arguments and one with a keyword, which replaces one of the same keyword. */
    public Args with(String keyword, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(keywords);
        more.put(keyword, value);
        return new Args(positional, more);
    }

    /** The positional arguments. Unmodifiable. */
    public List<@Nullable Object> positional() {
        return positional;
    }

    /** The keyword arguments in the order they were added. Unmodifiable. */
    public Map<String, @Nullable Object> keywords() {
        return keywords;
    }
}
