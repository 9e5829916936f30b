package io.junctor.router.meta;

import io.junctor.router.authorization.UriCheck;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a call to a procedure of the router. Each method throws {@link InvalidArgumentException} if the
 * argument is something else.
 *
 * @param values the arguments of the call
 * @param uris the limits of URIs and lists
 */
public record MetaArguments(Arguments values, UriCheck uris) {

    /** A positional argument that is an id. */
    public long id(int index) {
        return id(positional(index), argument(index));
    }

    /** A positional argument that is a string. */
    public String text(int index) {
        Object value = positional(index);
        if (value instanceof String text) {
            return text;
        }
        throw wrong(argument(index), "a string");
    }

    /** A positional argument that is a URI or pattern within the limits; the procedure checks its syntax. */
    public Uri uri(int index) {
        return withinLimits(new Uri(text(index)));
    }

    /** A positional argument that is a list of strings within the limit; null if it is null or absent. */
    public @Nullable List<String> optionalTexts(int index) {
        Object value = positional(index);
        if (value == null) {
            return null;
        }
        Refusal overLimit = value instanceof List<?> list ? uris.overLimit(list.size()) : null;
        if (overLimit != null) {
            throw new InvalidArgumentException(overLimit);
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong(argument(index), "a list of strings");
    }

    /** The value of {@code match} in a positional argument that is a dictionary; exact if it is absent. */
    public MatchPolicy optionalMatch(int index) {
        try {
            return dict(positional(index), argument(index)).choice("match", MatchPolicy::ofWire, MatchPolicy.EXACT);
        } catch (ProtocolViolationException problem) {
            throw wrong(argument(index), "a dictionary whose match is exact, prefix or wildcard");
        }
    }

    /** A keyword argument that is a string; null if it is null or absent. */
    public @Nullable String optionalText(String keyword) {
        Object value = values.keywords().get(keyword);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(keyword(keyword), "a string");
    }

    /** A keyword argument that is a URI within the limits, or null; the procedure checks its syntax. */
    public @Nullable Uri optionalUri(String keyword) {
        String text = optionalText(keyword);
        return text == null ? null : withinLimits(new Uri(text));
    }

    private Uri withinLimits(Uri uri) {
        Refusal overLimit = uris.overLimit(uri);
        if (overLimit != null) {
            throw new InvalidArgumentException(overLimit);
        }
        return uri;
    }

    /** A keyword argument that is a boolean; false if it is null or absent. */
    public boolean flag(String keyword) {
        Object value = values.keywords().get(keyword);
        if (value == null || value instanceof Boolean) {
            return value != null && (Boolean) value;
        }
        throw wrong(keyword(keyword), "a boolean");
    }

    /** A keyword argument that is an integer of at least 1, or {@link Integer#MAX_VALUE} if it is larger; null if it is null or absent. */
    public @Nullable Integer optionalCount(String keyword) {
        Object value = values.keywords().get(keyword);
        if (value == null) {
            return null;
        }
        if (value instanceof Long count && count >= 1) {
            return (int) Math.min(count, Integer.MAX_VALUE);
        }
        throw wrong(keyword(keyword), "an integer of at least 1");
    }

    /** A keyword argument that is an integer from 0 to {@code most}; {@code otherwise} if it is null or absent. */
    public int optionalNumber(String keyword, int otherwise, int most) {
        Object value = values.keywords().get(keyword);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number && number >= 0 && number <= most) {
            return number.intValue();
        }
        throw wrong(keyword(keyword), "an integer from 0 to " + most);
    }

    /** A keyword argument that is an id; 0 if it is null or absent. */
    public long optionalId(String keyword) {
        Object value = values.keywords().get(keyword);
        return value == null ? 0 : id(value, keyword(keyword));
    }

    /** A keyword argument that is a time in the format of RFC 3339, with any offset; null if it is null or absent. */
    public @Nullable Instant optionalTime(String keyword) {
        String text = optionalText(keyword);
        if (text == null) {
            return null;
        }
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException problem) {
            throw wrong(keyword(keyword), "a time such as 2026-07-31T12:00:00.000Z (RFC 3339)");
        }
    }

    /**
     * A positional argument that is a list and the next argument, a dictionary, as one payload; encoded by {@code codec} unless they are
     * encoded already.
     */
    public Payload nestedPayload(int index, ArgumentsCodec codec) {
        return positional(index) instanceof Payload encoded ? encoded : codec.encode(nested(index));
    }

    /** A positional argument that is a list and the next argument, a dictionary, as arguments; empty if they are null or absent. */
    @SuppressWarnings("NullAway") // The record's null annotations do not survive in its class file.
    public Arguments nested(int index) {
        Object list = positional(index);
        if (list != null && !(list instanceof List<?>)) {
            throw wrong(argument(index), "a list");
        }
        List<@Nullable Object> positional = list == null ? List.of() : new ArrayList<>((List<?>) list);
        return new Arguments(
                positional, dict(positional(index + 1), argument(index + 1)).entries());
    }

    /** A keyword argument that is a dictionary; empty if it is null or absent. */
    public Dict dict(String keyword) {
        return dict(values.keywords().get(keyword), keyword(keyword));
    }

    /** Reads an id. Some clients send ids of more than 32 bits as floating-point numbers (section "IDs"). */
    private static long id(@Nullable Object value, String name) {
        long id = value instanceof Long whole ? whole : value instanceof Double number ? number.longValue() : 0;
        boolean isWhole = !(value instanceof Double number) || number == id;
        if (isWhole && Ids.isValid(id)) {
            return id;
        }
        throw wrong(name, "an id");
    }

    private @Nullable Object positional(int index) {
        return index < values.positional().size() ? values.positional().get(index) : null;
    }

    private static Dict dict(@Nullable Object value, String name) {
        if (value == null) {
            return Dict.EMPTY;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(name, "a dictionary");
        }
        Dict.Builder dict = new Dict.Builder();
        map.forEach((key, entry) -> dict.put(String.valueOf(key), entry));
        return dict.build();
    }

    private static String argument(int index) {
        return "argument " + (index + 1);
    }

    private static String keyword(String keyword) {
        return "the keyword argument " + keyword;
    }

    private static InvalidArgumentException wrong(String name, String expected) {
        return new InvalidArgumentException(name + " must be " + expected);
    }
}
