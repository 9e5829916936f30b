package io.junctor.wamp.codec.json;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.codec.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259), checking structure and UTF-8 in one pass over the bytes. Confined to one thread. */
final class JsonReader extends WireReader {
    private static final String NOT_BASE64 = "a string that starts with U+0000 but is not padded base64";

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

    private void skip(int depth) {
        switch (peek()) {
            case '"' -> skipValueString();
            case '[' -> skipElements(depth + 1);
            case '{' -> skipEntries(depth + 1);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (startsNumber(peek())) {
                    skipNumber();
                } else {
                    skipWrongToken("a value expected");
                }
            }
        }
    }

    /** Passes letters, digits and signs that are no value, such as {@code NaN}, where they end by themselves. */
    private void skipWrongToken(String problem) {
        int start = at;
        while (at < end && JsonStrings.isToken(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw violation(problem, start);
        }
        fault(problem, start);
    }

    /** Whether letters or digits follow a number or word at once, as in {@code 0x1F}; they are passed. */
    private boolean endsInWrongToken() {
        int start = at;
        while (start > 0 && JsonStrings.isToken(bytes[start - 1])) {
            start--;
        }
        if (start == at || !inArguments() || !JsonStrings.isToken(bytes[at])) {
            return false;
        }
        at = start;
        skipWrongToken("a value expected");
        return true;
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

    private void skipKey() {
        if (peek() != '"') {
            throw violation("a key expected", at);
        }
        skipString();
    }

    private void skipElements(int depth) {
        enter(depth);
        at++;
        for (boolean first = true; another(']', first); first = false) {
            skip(depth);
        }
    }

    private void skipEntries(int depth) {
        enter(depth);
        at++;
        for (boolean first = true; another('}', first); first = false) {
            skipKey();
            colon();
            skip(depth);
        }
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
        count();
        if (!another('}', false)) {
            return Collections.singletonMap(first, value);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put(first, value);
        do {
            String key = key();
            result.put(key, value(depth));
            count();
        } while (another('}', false));
        return result;
    }

    private String key() {
        int start = at;
        if (peek() != '"') {
            throw violation("a key expected", at);
        }
        boolean escapes = skipString();
        String key = JsonStrings.decode(bytes, start + 1, at - 1, escapes);
        colon();
        return key;
    }

    private Object number() {
        int start = at;
        if (!startsNumber(peek())) {
            throw violation("a value expected", at);
        }
        int stop = skipNumber();
        if (stop - start > CodecLimits.NUMBER_CHARACTERS) {
            return foreign("a number of more than " + CodecLimits.NUMBER_CHARACTERS + " characters");
        }
        Object value = JsonNumbers.decode(bytes, start, stop);
        return value == null ? foreign("a number with an exponent out of range") : value;
    }

    private Object stringOrOctets() {
        int start = at;
        boolean escapes = skipString();
        return JsonStrings.isBinary(bytes, start, at)
                ? octets(start)
                : JsonStrings.decode(bytes, start + 1, at - 1, escapes);
    }

    private void skipValueString() {
        int start = at;
        skipString();
        if (JsonStrings.isBinary(bytes, start, at) && !JsonStrings.isOctets(bytes, start, at)) {
            skipEscapedOctets(start);
        }
    }

    private void skipEscapedOctets(int start) {
        if (!isFaulty() && JsonStrings.octets(bytes, start, at) == null) {
            fault(NOT_BASE64, start);
        }
    }

    private byte[] octets(int start) {
        byte[] octets = JsonStrings.octets(bytes, start, at);
        if (octets == null) {
            throw violation(NOT_BASE64, start);
        }
        return octets;
    }

    /** Passes the string that starts here; whether it holds escapes. */
    private boolean skipString() {
        int start = at;
        boolean escapes = false;
        int i = JsonStrings.plainEnd(bytes, start + 1, end);
        while (i < end) {
            byte b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return escapes;
            }
            if (b == '\\') {
                escapes = true;
                i = JsonStrings.plainEnd(bytes, escapeEnd(i), end);
            } else if (b >= 0x20) {
                i++;
            } else {
                i = multibyteEnd(i);
            }
        }
        throw violation("a string without end", start);
    }

    private int escapeEnd(int i) {
        int next = JsonStrings.escapeEnd(bytes, i, end);
        return next < 0 ? wrongEscapeEnd(i) : next;
    }

    /**
     * Half of a surrogate pair in an argument becomes U+FFFD, for all receivers; other escapes that JSON does not
     * know are faults.
     */
    private int wrongEscapeEnd(int i) {
        if (inArguments() && JsonStrings.replaceSurrogate(bytes, i, end)) {
            return i + JsonStrings.UNIT_ESCAPE;
        }
        fault("an escape that JSON does not know, or half of a surrogate pair,", i);
        return i + 1;
    }

    private int multibyteEnd(int i) {
        if (bytes[i] >= 0) {
            fault("a control character in a string", i);
            return i + 1;
        }
        int next = Utf8.next(bytes, i, end);
        if (next < 0) {
            throw violation("invalid UTF-8", i);
        }
        return next;
    }

    /** Passes the number that starts here; where it ends. */
    private int skipNumber() {
        int stop = JsonNumbers.end(bytes, at, end);
        if (stop < 0) {
            skipWrongToken("a malformed number");
            return at;
        }
        at = stop;
        return stop;
    }

    private void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= end || bytes[at + i] != text.charAt(i)) {
                skipWrongToken("a value expected");
                return;
            }
        }
        at += text.length();
    }

    /** Whether a list or dictionary goes on; its end or the comma is passed. */
    private boolean another(char close, boolean isFirst) {
        space();
        if (peek() == close) {
            at++;
            return false;
        }
        if (isFirst) {
            return true;
        }
        if (peek() != ',' && endsInWrongToken()) {
            return another(close, false);
        }
        expect(',');
        space();
        return true;
    }

    private void colon() {
        space();
        expect(':');
        space();
    }

    private void expectStart(char start, String what, String type) {
        if (peek() != start) {
            throw wrong(what, type, at);
        }
        at++;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw violation("'" + c + "' expected", at);
        }
        at++;
    }

    private void space() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    /** The next byte. */
    private byte peek() {
        if (at >= end) {
            throw violation("the message ends early", end);
        }
        return bytes[at];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean startsNumber(byte b) {
        return b == '-' || (b >= '0' && b <= '9');
    }
}
