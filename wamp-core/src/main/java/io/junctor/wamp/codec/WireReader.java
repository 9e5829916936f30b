package io.junctor.wamp.codec;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of one message, or of one payload. Confined to one thread.
 *
 * <p>Every method that reads throws {@link ProtocolViolationException} if the bytes are malformed, exceed a limit or do not have the
 * requested type. The parameter {@code what} is the name of the element in the error text. The message itself is at nesting level 1.
 */
public abstract class WireReader {
    /** The bytes of the message. */
    protected final byte[] bytes;

    /** The index after the last byte of the message. */
    protected final int end;

    private final CodecLimits limits;

    /** The index of the next byte. */
    protected int at;

    private int optionsLeft;
    private int optionKeysLeft = CodecLimits.OPTION_KEYS;
    private boolean inOptions;
    private boolean preservesKeyTypes;
    private @Nullable UnsupportedValue unsupported;
    private boolean inArguments;
    private @Nullable String invalidValue;
    private int invalidAt;

    /** Creates a reader of the bytes {@code from..to}. */
    protected WireReader(byte[] bytes, int from, int to, CodecLimits limits) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.limits = limits;
        this.optionsLeft = limits.elements();
    }

    /** Reads the start of the message's list. */
    protected abstract void begin();

    /** Moves to the next element of the message. Returns false at the end of the list. */
    protected abstract boolean next();

    /** Checks that no bytes follow the message. */
    protected abstract void end();

    /** Skips the separator between Arguments and ArgumentsKw. */
    protected abstract void separator();

    /** Reads an integer. An integer of more than 64 bits becomes the nearest {@code long}. */
    protected abstract long integer(String what);

    /** Reads an id of at least {@code minimum}. */
    protected long id(String what, long minimum) {
        int start = at;
        return requireId(what, minimum, integer(what), start);
    }

    /** Reads a string. */
    protected abstract String text(String what);

    /** Skips the next element and returns true if it is null; otherwise does not move. */
    protected abstract boolean nil();

    /** Reads the start of a dictionary. */
    protected abstract void beginDict();

    /**
     * Skips the key of the next entry and returns its bytes as ISO 8859-1. Returns null at the end of the dictionary.
     */
    protected abstract @Nullable String nextKey();

    /** Skips a list and validates it. */
    protected abstract void skipList(String what);

    /** Skips a dictionary, validates it and checks that its keys are strings. */
    protected abstract void skipDict(String what);

    /** Skips an element and validates it. */
    protected abstract void skip();

    /** Decodes a list; {@link io.junctor.wamp.value.Arguments} lists the types of the values. */
    protected abstract List<@Nullable Object> list(String what);

    /**
     * Decodes a dictionary with string keys; {@link io.junctor.wamp.value.Arguments} lists the types of the values.
     */
    protected abstract Map<String, @Nullable Object> map(String what);

    /** Decodes a dictionary of options or details and applies the limit of elements. */
    final Dict dict(String what) {
        inOptions = true;
        Map<String, @Nullable Object> entries = map(what);
        inOptions = false;
        return entries.isEmpty() ? Dict.EMPTY : new Dict(entries);
    }

    /** Skips Arguments. An invalid value does not throw; the first one is recorded. */
    final void skipArguments() {
        inArguments = true;
        skipList("Arguments");
        inArguments = false;
    }

    /** Skips ArgumentsKw like {@link #skipArguments}. */
    final void skipKeywords() {
        inArguments = true;
        skipDict("ArgumentsKw");
        inArguments = false;
    }

    /** Makes this reader accept invalid values, to read arguments that are known to contain an invalid value. */
    final WireReader asArguments() {
        inArguments = true;
        return this;
    }

    /** The limits of this reader. */
    final CodecLimits limits() {
        return limits;
    }

    /** The problem of the first invalid value in Arguments or ArgumentsKw, or null. */
    final @Nullable String invalidValue() {
        return invalidValue;
    }

    /** The index of the invalid value. */
    final int invalidAt() {
        return invalidAt;
    }

    /** The index of the next byte. */
    final int position() {
        return at;
    }

    /** Skips {@code count} bytes. */
    final void pass(int count) {
        at += count;
    }

    /** Goes back to an earlier {@link #position}, to read the element there once more. */
    final void back(int position) {
        at = position;
    }

    /** The bytes of the message. */
    final byte[] bytes() {
        return bytes;
    }

    /** Makes this reader keep the type of scalar keys of nested dictionaries. By default such keys are converted to strings. */
    final WireReader preserveKeyTypes() {
        preservesKeyTypes = true;
        return this;
    }

    /** The kind of the last unsupported value, or null. */
    final @Nullable String unsupported() {
        return unsupported == null ? null : unsupported.kind();
    }

    /** True if keys of nested dictionaries keep their type. */
    protected final boolean preservesKeyTypes() {
        return preservesKeyTypes;
    }

    /** True while options or details are read, false for a payload. */
    protected final boolean inOptions() {
        return inOptions;
    }

    /** Counts one element of a list or dictionary for the limit of elements. */
    protected final void count() {
        if (inOptions && --optionsLeft < 0) {
            throw violation("options with more than the limit of " + limits.elements() + " elements", at);
        }
    }

    /** Counts one entry of a dictionary for the limits of elements and of keys. */
    protected final void countKey() {
        count();
        if (inOptions && --optionKeysLeft < 0) {
            throw violation("options with more than the limit of " + CodecLimits.OPTION_KEYS + " keys", at);
        }
    }

    /** Checks that a list or dictionary may be at nesting level {@code depth}. */
    protected final void enter(int depth) {
        if (depth > limits.depth()) {
            throw violation("nesting deeper than the limit of " + limits.depth() + " levels", at);
        }
    }

    /** True while values of Arguments and ArgumentsKw are skipped, where invalid values are recorded. */
    protected final boolean inArguments() {
        return inArguments;
    }

    /** True if an invalid value is recorded. */
    protected final boolean hasInvalidValue() {
        return invalidValue != null;
    }

    /** Reports an invalid value whose end is known. The value is recorded if it is inside arguments; elsewhere the method throws a violation. */
    protected final void reportInvalidValue(String what, int position) {
        if (!inArguments) {
            throw violation(what, position);
        }
        if (invalidValue == null) {
            invalidValue = what;
            invalidAt = position;
        }
    }

    /** Records the kind of a value that other serializations cannot express, and returns a placeholder for the value. */
    protected final Object unsupported(String kind) {
        unsupported = new UnsupportedValue(kind);
        return unsupported;
    }

    /** Returns {@code id} if it is valid. */
    protected static long requireId(String what, long minimum, long id, int position) {
        if (id < minimum || id > Ids.MAX) {
            throw wrong(what, "an id, an integer from 1 to 2^53", position);
        }
        return id;
    }

    /** Creates a violation that names the problem and the byte. */
    protected static ProtocolViolationException violation(String what, int position) {
        return new ProtocolViolationException(what + " at byte " + position);
    }

    /** Creates a violation that names the element and its required type. */
    protected static ProtocolViolationException wrong(String what, String expected, int position) {
        return new ProtocolViolationException(what + " must be " + expected + " (byte " + position + ")");
    }
}
