package io.junctor.wamp.codec;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the elements of one message, or over its payload alone. Confined to one thread.
 *
 * <p>Every method that reads throws {@link ProtocolViolation} where the bytes are malformed, over a limit or not of
 * the type asked for; {@code what} is the name of the element in that text. A list in a message has depth 2.
 */
public abstract class WireReader {
    /** What is read. */
    protected final byte[] bytes;

    /** Where the bytes that belong to the message end. */
    protected final int end;

    private final CodecLimits limits;

    /** The next byte to read. */
    protected int at;

    private int optionsLeft;
    private boolean inOptions;
    private boolean keepsKeys;
    private @Nullable UnsupportedValue foreign;
    private boolean inArguments;
    private @Nullable String fault;
    private int faultAt;

    /** A cursor over {@code from..to}. */
    protected WireReader(byte[] bytes, int from, int to, CodecLimits limits) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.limits = limits;
        this.optionsLeft = limits.elements();
    }

    /** Enters the list that is the message. */
    protected abstract void begin();

    /** Moves to the next element of the message; false at its end, where the list is left. */
    protected abstract boolean next();

    /** Checks that nothing follows the message. */
    protected abstract void end();

    /** Passes what stands between Arguments and ArgumentsKw. */
    protected abstract void separator();

    /** An integer; what is beyond 64 bits becomes the nearest {@code long}. */
    protected abstract long integer(String what);

    /** An id of at least {@code minimum}. */
    protected long id(String what, long minimum) {
        int start = at;
        return checkedId(what, minimum, integer(what), start);
    }

    /** A string. */
    protected abstract String text(String what);

    /** Whether the next element is null; it is passed if so, and not touched otherwise. */
    protected abstract boolean nil();

    /** Enters a dictionary. */
    protected abstract void beginDict();

    /** Passes the key of the next entry of a dictionary and returns its bytes as ISO 8859-1; null at its end. */
    protected abstract @Nullable String nextKey();

    /** Passes a list, checking its form. */
    protected abstract void skipList(String what);

    /** Passes a dictionary, checking its form and that its own keys are strings. */
    protected abstract void skipDict(String what);

    /** Passes anything, checking its form. */
    protected abstract void skip();

    /** A list as values of the types that {@link io.junctor.wamp.value.Arguments} lists. */
    protected abstract List<@Nullable Object> list(String what);

    /** A dictionary with string keys as values of the types that {@link io.junctor.wamp.value.Arguments} lists. */
    protected abstract Map<String, @Nullable Object> map(String what);

    /** A dictionary of options or details, within the limit for them. */
    final Dict dict(String what) {
        inOptions = true;
        Map<String, @Nullable Object> entries = map(what);
        inOptions = false;
        return entries.isEmpty() ? Dict.EMPTY : new Dict(entries);
    }

    /** Passes Arguments; a fault in a value does not throw, but the first one is kept. */
    final void skipArguments() {
        inArguments = true;
        skipList("Arguments");
        inArguments = false;
    }

    /** Passes ArgumentsKw as {@link #skipArguments}. */
    final void skipKeywords() {
        inArguments = true;
        skipDict("ArgumentsKw");
        inArguments = false;
    }

    /** Reads arguments of which it is known that they have a fault. */
    final WireReader tolerant() {
        inArguments = true;
        return this;
    }

    /** What it accepts. */
    final CodecLimits limits() {
        return limits;
    }

    /** What is wrong with a value in Arguments or ArgumentsKw, or null. */
    final @Nullable String fault() {
        return fault;
    }

    /** The byte where that fault is. */
    final int faultAt() {
        return faultAt;
    }

    /** The next byte to read. */
    final int position() {
        return at;
    }

    /** Passes bytes that are known. */
    final void pass(int count) {
        at += count;
    }

    /** What is read. */
    final byte[] bytes() {
        return bytes;
    }

    /** From now on keys inside of values keep their type; else scalar ones become strings. */
    final WireReader keepKeys() {
        keepsKeys = true;
        return this;
    }

    /** What was met that values cannot express, or null. */
    final @Nullable String foreign() {
        return foreign == null ? null : foreign.kind();
    }

    /** Whether keys inside of values keep their type. */
    protected final boolean keepsKeys() {
        return keepsKeys;
    }

    /** Whether options or details are being read, as opposed to payload. */
    protected final boolean inOptions() {
        return inOptions;
    }

    /** Counts one element of a list or dictionary that is being kept. */
    protected final void count() {
        if (inOptions && --optionsLeft < 0) {
            throw violation("more than " + limits.elements() + " elements in options, the limit,", at);
        }
    }

    /** Checks that a list or dictionary may be {@code depth} deep. */
    protected final void enter(int depth) {
        if (depth > limits.depth()) {
            throw violation("nesting deeper than " + limits.depth() + ", the limit,", at);
        }
    }

    /** Whether a value in Arguments or ArgumentsKw is being passed, whose end can be found although it is wrong. */
    protected final boolean inArguments() {
        return inArguments;
    }

    /** Whether a fault is known already. */
    protected final boolean isFaulty() {
        return fault != null;
    }

    /** A value is wrong, but it is known where it ends: kept where it is an argument, a violation elsewhere. */
    protected final void fault(String what, int position) {
        if (!inArguments) {
            throw violation(what, position);
        }
        if (fault == null) {
            fault = what;
            faultAt = position;
        }
    }

    /** A value to stand for what has no other. */
    protected final Object foreign(String kind) {
        foreign = new UnsupportedValue(kind);
        return foreign;
    }

    /** {@code id} if it is one. */
    protected static long checkedId(String what, long minimum, long id, int position) {
        if (id < minimum || id > Ids.MAX) {
            throw wrong(what, "an id, an integer from 1 to 2^53", position);
        }
        return id;
    }

    /** Says what is wrong and where. */
    protected static ProtocolViolation violation(String what, int position) {
        return new ProtocolViolation(what + " at byte " + position);
    }

    /** Says what an element should have been. */
    protected static ProtocolViolation wrong(String what, String expected, int position) {
        return new ProtocolViolation(what + " must be " + expected + " (byte " + position + ")");
    }
}
