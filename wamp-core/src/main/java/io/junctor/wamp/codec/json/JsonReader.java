package io.junctor.wamp.codec.json;

import io.junctor.wamp.codec.CodecLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the elements of a JSON message (RFC 8259) and decodes values. Confined to one thread. */
final class JsonReader extends JsonScanner {
    private boolean isFirst = true;

    JsonReader(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    @Override
    protected void begin() {
        space();
        expectStart('[', "a message", "a list");
    }

    @Override
    protected boolean next() {
        boolean more = another(']', isFirst);
        isFirst = false;
        return more;
    }

    @Override
    protected void end() {
        space();
        if (at != end) {
            throw violation((end - at) + " bytes after the end of the message,", at);
        }
    }

    @Override
    protected void separator() {
        space();
        expect(',');
        space();
    }

    @Override
    protected long integer(String what) {
        int start = at;
        if (!startsNumber(peek()) || !JsonNumbers.isInteger(bytes, start, skipNumber())) {
            throw wrong(what, "an integer", start);
        }
        return JsonNumbers.saturated(bytes, start, at);
    }

    @Override
    protected String text(String what) {
        int start = at;
        if (peek() != '"') {
            throw wrong(what, "a string", start);
        }
        boolean escapes = skipString();
        if (JsonStrings.isBinary(bytes, start, at)) {
            throw wrong(what, "a string, not octets", start);
        }
        return JsonStrings.decode(bytes, start + 1, at - 1, escapes);
    }

    @Override
    protected boolean nil() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    @Override
    protected void skipList(String what) {
        int start = at;
        if (peek() != '[') {
            throw wrong(what, "a list", start);
        }
        skip(1);
    }

    @Override
    protected void skipDict(String what) {
        int start = at;
        if (peek() != '{') {
            throw wrong(what, "a dictionary", start);
        }
        skip(1);
    }

    @Override
    protected void skip() {
        skip(1);
    }

    @Override
    protected List<@Nullable Object> list(String what) {
        expectStart('[', what, "a list");
        return elements(2);
    }

    @Override
    protected Map<String, @Nullable Object> map(String what) {
        expectStart('{', what, "a dictionary");
        return entries(2);
    }

    @Override
    protected void beginDict() {
        expectStart('{', "ArgumentsKw", "a dictionary");
        isFirst = true;
    }

    @Override
    protected @Nullable String nextKey() {
        boolean more = another('}', isFirst);
        isFirst = false;
        if (!more) {
            return null;
        }
        int start = at;
        skipKey();
        String key = new String(bytes, start + 1, at - start - 2, StandardCharsets.ISO_8859_1);
        colon();
        return key;
    }

    private @Nullable Object value(int depth) {
        return switch (peek()) {
            case '"' -> stringOrOctets();
            case '[' -> {
                at++;
                yield elements(depth + 1);
            }
            case '{' -> {
                at++;
                yield entries(depth + 1);
            }
            case 't' -> {
                literal("true");
                yield true;
            }
            case 'f' -> {
                literal("false");
                yield false;
            }
            case 'n' -> {
                literal("null");
                yield null;
            }
            default -> number();
        };
    }

    private List<@Nullable Object> elements(int depth) {
        enter(depth);
        List<@Nullable Object> result = new ArrayList<>();
        for (boolean first = true; another(']', first); first = false) {
            result.add(value(depth));
            count();
        }
        return result;
    }

    private Map<String, @Nullable Object> entries(int depth) {
        enter(depth);
        if (!another('}', true)) {
            return Map.of();
        }
        String first = key();
        Object value = value(depth);
        countKey();
        if (!another('}', false)) {
            return Collections.singletonMap(first, value);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put(first, value);
        do {
            String key = key();
            result.put(key, value(depth));
            countKey();
        } while (another('}', false));
        return result;
    }

    private String key() {
        int start = at;
        if (peek() != '"') {
            throw violation("expected a key", at);
        }
        boolean escapes = skipString();
        String key = JsonStrings.decode(bytes, start + 1, at - 1, escapes);
        colon();
        return key;
    }

    private Object number() {
        int start = at;
        if (!startsNumber(peek())) {
            throw violation("expected a value", at);
        }
        int stop = skipNumber();
        if (stop - start > CodecLimits.NUMBER_CHARACTERS) {
            return unsupported("a number of more than " + CodecLimits.NUMBER_CHARACTERS + " characters");
        }
        Object value = JsonNumbers.decode(bytes, start, stop);
        return value == null ? unsupported("a number with an exponent out of range") : value;
    }

    private Object stringOrOctets() {
        int start = at;
        boolean escapes = skipString();
        return JsonStrings.isBinary(bytes, start, at)
                ? octets(start)
                : JsonStrings.decode(bytes, start + 1, at - 1, escapes);
    }

    private byte[] octets(int start) {
        byte[] octets = JsonStrings.octets(bytes, start, at);
        if (octets == null) {
            throw violation(NOT_BASE64, start);
        }
        return octets;
    }
}
