package io.junctor.wamp.codec.json;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.codec.WireReader;

/**
 * Reads the tokens of JSON (RFC 8259) and skips values, checking structure and UTF-8 in one pass over the bytes.
 * Confined to one thread.
 */
abstract class JsonScanner extends WireReader {
    static final String NOT_BASE64 = "a string that starts with U+0000 but is not padded base64";

    JsonScanner(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    void skip(int depth) {
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
                    skipWrongToken("expected a value");
                }
            }
        }
    }

    /** Skips letters, digits and signs that are not a value, such as {@code NaN}, up to the next other character. */
    private void skipWrongToken(String problem) {
        int start = at;
        while (at < end && JsonStrings.isToken(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw violation(problem, start);
        }
        reportInvalidValue(problem, start);
    }

    /** True if letters or digits directly follow a number or literal, as in {@code 0x1F}. Skips them. */
    private boolean endsInWrongToken() {
        int start = at;
        while (start > 0 && JsonStrings.isToken(bytes[start - 1])) {
            start--;
        }
        if (start == at || !inArguments() || !JsonStrings.isToken(bytes[at])) {
            return false;
        }
        at = start;
        skipWrongToken("expected a value");
        return true;
    }

    void skipKey() {
        if (peek() != '"') {
            throw violation("expected a key", at);
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

    private void skipValueString() {
        int start = at;
        skipString();
        if (JsonStrings.isBinary(bytes, start, at) && !JsonStrings.isOctets(bytes, start, at)) {
            skipEscapedOctets(start);
        }
    }

    private void skipEscapedOctets(int start) {
        if (!hasInvalidValue() && JsonStrings.octets(bytes, start, at) == null) {
            reportInvalidValue(NOT_BASE64, start);
        }
    }

    /** Skips the string that starts here. Returns true if it contains escapes. */
    boolean skipString() {
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
        throw violation("an unterminated string", start);
    }

    private int escapeEnd(int i) {
        int next = JsonStrings.escapeEnd(bytes, i, end);
        return next < 0 ? wrongEscapeEnd(i) : next;
    }

    /**
     * Replaces the escape of an unpaired surrogate in an argument by U+FFFD, in the bytes that all receivers get. Reports any other invalid
     * escape.
     */
    private int wrongEscapeEnd(int i) {
        if (inArguments() && JsonStrings.replaceSurrogate(bytes, i, end)) {
            return i + JsonStrings.UNIT_ESCAPE;
        }
        reportInvalidValue("an invalid escape or an unpaired surrogate", i);
        return i + 1;
    }

    private int multibyteEnd(int i) {
        if (bytes[i] >= 0) {
            reportInvalidValue("a control character in a string", i);
            return i + 1;
        }
        int next = Utf8.next(bytes, i, end);
        if (next < 0) {
            throw violation("invalid UTF-8", i);
        }
        return next;
    }

    /** Skips the number that starts here and returns its end. */
    int skipNumber() {
        int stop = JsonNumbers.end(bytes, at, end);
        if (stop < 0) {
            skipWrongToken("a malformed number");
            return at;
        }
        at = stop;
        return stop;
    }

    void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= end || bytes[at + i] != text.charAt(i)) {
                skipWrongToken("expected a value");
                return;
            }
        }
        at += text.length();
    }

    /** True if a list or dictionary has another element. Skips the comma or the end. */
    boolean another(char close, boolean isFirst) {
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

    void colon() {
        space();
        expect(':');
        space();
    }

    void expectStart(char start, String what, String type) {
        if (peek() != start) {
            throw wrong(what, type, at);
        }
        at++;
    }

    void expect(char c) {
        if (peek() != c) {
            throw violation("expected '" + c + "'", at);
        }
        at++;
    }

    void space() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    /** Returns the next byte. */
    byte peek() {
        if (at >= end) {
            throw violation("the message ends early", end);
        }
        return bytes[at];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    static boolean startsNumber(byte b) {
        return b == '-' || (b >= '0' && b <= '9');
    }
}
