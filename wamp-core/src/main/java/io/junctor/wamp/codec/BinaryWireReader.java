package io.junctor.wamp.codec;

import io.junctor.wamp.value.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a message in a binary serialization. Subclasses decode the heads, the tags and the extension
 * types. Confined to one thread.
 */
public abstract class BinaryWireReader extends ItemReader {
    private static final int MAX_FIRST_CAPACITY = 16;

    private long size;
    private long index;

    /** Creates a reader of the bytes {@code from..to}. */
    protected BinaryWireReader(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    /** Reads the item after a tag and returns its value, see {@link #value}. */
    protected abstract @Nullable Object tagged(long tag, int depth);

    /**
     * Returns the value of an item of type {@link ItemType#OPAQUE} whose bytes start at {@code start} and have just
     * been skipped.
     */
    protected abstract Object opaque(int start);

    @Override
    protected void begin() {
        int start = at;
        if (item() != ItemType.LIST) {
            throw wrong("a message", "a list", start);
        }
        size = number;
    }

    @Override
    protected boolean next() {
        return more(index++, size);
    }

    @Override
    protected void end() {
        if (at != end) {
            throw violation((end - at) + " bytes after the end of the message,", at);
        }
    }

    @Override
    protected void separator() {
        // Items follow each other directly.
    }

    @Override
    protected long integer(String what) {
        int start = at;
        return switch (item()) {
            case INTEGER -> number;
            case UNSIGNED -> Long.MAX_VALUE;
            case NEGATIVE -> Long.MIN_VALUE;
            default -> throw wrong(what, "an integer", start);
        };
    }

    /** Reads an id. Unlike the JSON reader, it accepts a float with an integral value, because some clients encode large ids as floats. */
    @Override
    protected long id(String what, long minimum) {
        int start = at;
        ItemType kind = item();
        long id = kind == ItemType.INTEGER ? number : kind == ItemType.FLOAT ? integral(number) : -1;
        return requireId(what, minimum, id, start);
    }

    @Override
    protected String text(String what) {
        int start = at;
        if (item() != ItemType.TEXT) {
            throw wrong(what, "a string", start);
        }
        return string(number);
    }

    @Override
    protected boolean nil() {
        int start = at;
        if (item() == ItemType.NULL) {
            return true;
        }
        at = start;
        return false;
    }

    @Override
    protected void skipList(String what) {
        int start = at;
        if (item() != ItemType.LIST) {
            throw wrong(what, "a list", start);
        }
        skipElements(number, 2);
    }

    @Override
    protected void skipDict(String what) {
        int start = at;
        if (item() != ItemType.DICT) {
            throw wrong(what, "a dictionary", start);
        }
        enter(2);
        long entries = number;
        for (long i = 0; more(i, entries); i++) {
            skipKey(what);
            skip(2);
        }
    }

    private void skipKey(String what) {
        int key = at;
        if (item() == ItemType.TEXT) {
            skipText(number);
            return;
        }
        reportInvalidValue("every key of " + what + " must be a string,", key);
        at = key;
        skip(2);
    }

    @Override
    protected void beginDict() {
        if (item() != ItemType.DICT) {
            throw wrong("ArgumentsKw", "a dictionary", at);
        }
        size = number;
        index = 0;
    }

    @Override
    protected @Nullable String nextKey() {
        if (!more(index++, size)) {
            return null;
        }
        int start = at;
        skipKey("ArgumentsKw");
        return simpleText(start, at);
    }

    /**
     * Returns the text of a key shorter than 24 bytes, whose head is one byte. The result is meaningless for other
     * keys.
     */
    private String simpleText(int from, int to) {
        return new String(bytes, from + 1, to - from - 1, StandardCharsets.ISO_8859_1);
    }

    private Map<String, @Nullable Object> entry(String what) {
        String key = keyText(what);
        Object value = value(2);
        countKey();
        return Collections.singletonMap(key, value);
    }

    private Map<String, @Nullable Object> entries(String what, long size) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (long i = 0; more(i, size); i++) {
            String key = keyText(what);
            result.put(key, value(2));
            countKey();
        }
        return result;
    }

    private String keyText(String what) {
        int start = at;
        if (item() != ItemType.TEXT) {
            throw wrong("every key of " + what, "a string", start);
        }
        return string(number);
    }

    @Override
    protected void skip() {
        skip(1);
    }

    @Override
    protected List<@Nullable Object> list(String what) {
        int start = at;
        if (item() != ItemType.LIST) {
            throw wrong(what, "a list", start);
        }
        return elements(number, 2);
    }

    @Override
    protected Map<String, @Nullable Object> map(String what) {
        int start = at;
        if (item() != ItemType.DICT) {
            throw wrong(what, "a dictionary", start);
        }
        if (number == 0) {
            return Map.of();
        }
        enter(2);
        return number == 1 ? entry(what) : entries(what, number);
    }

    /** Decodes an item inside a list or dictionary at nesting level {@code depth}. */
    protected final @Nullable Object value(int depth) {
        return switch (item()) {
            case INTEGER -> number;
            case UNSIGNED -> unsigned(number);
            case NEGATIVE -> unsigned(number).not();
            case FLOAT -> floating(number);
            case TEXT -> string(number);
            case BYTES -> octets(number);
            case LIST -> elements(number, depth + 1);
            case DICT -> entries(number, depth + 1);
            case NULL -> null;
            case BOOLEAN -> number != 0;
            case TAG -> {
                enter(depth + 1);
                yield tagged(number, depth + 1);
            }
            case OPAQUE -> {
                int start = at;
                at += (int) number;
                yield opaque(start);
            }
            case BREAK -> throw misplacedBreak();
        };
    }

    /** Skips an item inside a list or dictionary at nesting level {@code depth}. */
    protected final void skip(int depth) {
        switch (item()) {
            case INTEGER, UNSIGNED, NEGATIVE, FLOAT, NULL, BOOLEAN -> {}
            case TEXT -> skipText(number);
            case BYTES -> skipBytes(number);
            case LIST -> skipElements(number, depth + 1);
            case DICT -> skipEntries(number, depth + 1);
            case TAG -> {
                enter(depth + 1);
                skip(depth + 1);
            }
            case OPAQUE -> at += (int) number;
            case BREAK -> throw misplacedBreak();
        }
    }

    private Object floating(long bits) {
        long integral = inOptions() ? integral(bits) : -1;
        return Ids.isValid(integral) ? (Object) integral : (Object) Double.longBitsToDouble(bits);
    }

    private static long integral(long bits) {
        double value = Double.longBitsToDouble(bits);
        long integral = (long) value;
        return integral == value ? integral : -1;
    }

    private List<@Nullable Object> elements(long size, int depth) {
        enter(depth);
        List<@Nullable Object> result = new ArrayList<>(Math.clamp(size, 0, MAX_FIRST_CAPACITY));
        for (long i = 0; more(i, size); i++) {
            result.add(value(depth));
            count();
        }
        return result;
    }

    private Map<@Nullable Object, @Nullable Object> entries(long size, int depth) {
        enter(depth);
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        for (long i = 0; more(i, size); i++) {
            Object key = key(value(depth));
            if (preservesKeyTypes() && !(key instanceof String) && !(result instanceof MixedKeyMap)) {
                result = new MixedKeyMap(result);
            }
            Object value = value(depth);
            boolean isUnsupported = key instanceof UnsupportedValue;
            result.put(key, isUnsupported ? key : value);
            countKey();
        }
        return result;
    }

    private @Nullable Object key(@Nullable Object key) {
        if (key instanceof String) {
            return key;
        }
        boolean scalar = key == null || key instanceof Number || key instanceof Boolean;
        if (scalar && !preservesKeyTypes()) {
            return String.valueOf(key);
        }
        return scalar ? key : unsupported("a dictionary key that is a list or dictionary");
    }

    private void skipElements(long size, int depth) {
        enter(depth);
        for (long i = 0; more(i, size); i++) {
            skip(depth);
        }
    }

    private void skipEntries(long size, int depth) {
        enter(depth);
        for (long i = 0; more(i, size); i++) {
            skip(depth);
            skip(depth);
        }
    }

    private RuntimeException misplacedBreak() {
        return violation("a break outside of an indefinite-length item", at - 1);
    }
}
