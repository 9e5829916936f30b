package io.junctor.wamp.codec;

import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the elements of one message, or one payload, in one serialization. Confined to one thread.
 *
 * <p>What a value is, and how deep values may be nested, is decided here; how each kind looks, by the serialization.
 */
public abstract class WireWriter {
    private static final byte[] NOTHING = {};

    /** What has been written. */
    protected final OutputBuffer out;

    private final CodecLimits limits;
    private int depth;

    /** An empty writer with room for {@code capacity} bytes at first. */
    protected WireWriter(int capacity, CodecLimits limits) {
        this.out = new OutputBuffer(capacity);
        this.limits = limits;
    }

    /** The serialization that is written. */
    protected abstract Serializer serializer();

    /** Writes the start of a list. */
    protected abstract void beginList(int size);

    /** Writes the start of a dictionary. */
    protected abstract void beginDict(int size);

    /** Writes the end of a list; nothing where the start says it. */
    protected void endList() {}

    /** Writes the end of a dictionary; nothing where the start says it. */
    protected void endDict() {}

    /** Writes what stands between elements; nothing where there is no such thing. */
    protected void separator() {}

    /** What closes a list; nothing where the start says it. */
    protected byte[] close() {
        return NOTHING;
    }

    /** Writes null. */
    protected abstract void nil();

    /** Writes a boolean. */
    protected abstract void bool(boolean value);

    /** Writes an integer. */
    protected abstract void integer(long value);

    /** Writes an integer beyond 64 bits. */
    protected abstract void bigInteger(BigInteger value) throws Unrepresentable;

    /** Writes a binary fraction. */
    protected abstract void floating(double value) throws Unrepresentable;

    /** Writes a decimal fraction. */
    protected abstract void decimal(BigDecimal value) throws Unrepresentable;

    /** Writes a string. */
    protected abstract void text(String value) throws Unrepresentable;

    /** Writes octets. */
    protected abstract void octets(byte[] value);

    /** Writes a key of a dictionary: any value, where the serialization does not say otherwise. */
    protected void key(@Nullable Object key) throws Unrepresentable {
        value(key);
    }

    /** Writes a list. */
    final void list(Collection<?> list) throws Unrepresentable {
        enter();
        beginList(list.size());
        boolean isFirst = true;
        for (Object element : list) {
            if (!isFirst) {
                separator();
            }
            isFirst = false;
            value(element);
        }
        endList();
        depth--;
    }

    /** Writes a dictionary. */
    final void dict(Map<?, ?> dict) throws Unrepresentable {
        enter();
        beginDict(dict.size());
        boolean isFirst = true;
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            if (!isFirst) {
                separator();
            }
            isFirst = false;
            key(entry.getKey());
            value(entry.getValue());
        }
        endDict();
        depth--;
    }

    /** Writes any value that {@link io.junctor.wamp.value.Arguments} lists. */
    protected final void value(@Nullable Object value) throws Unrepresentable {
        switch (value) {
            case null -> nil();
            case String text -> text(text);
            case Boolean bool -> bool(bool);
            case Number number -> number(number);
            case byte[] octets -> octets(octets);
            case Map<?, ?> dict -> dict(dict);
            case Collection<?> list -> list(list);
            case EncodedElement embedded -> embedded(embedded);
            case UnsupportedValue foreign -> throw new Unrepresentable(foreign.kind() + " has no form in another serialization");
            default -> throw new Unrepresentable("a " + value.getClass().getName() + " has no form in a message");
        }
    }

    /** What has been written, with {@code length} bytes of {@code tail} behind it and the message's list closed. */
    final byte[] finish(byte[] tail, int offset, int length) {
        return out.toBytes(tail, offset, length, close());
    }

    /** Writes a whole payload: Arguments, and ArgumentsKw if {@code hasKeywords}. */
    final byte[] payload(Collection<?> positional, Map<?, ?> keywords, boolean hasKeywords) throws Unrepresentable {
        list(positional);
        if (hasKeywords) {
            separator();
            dict(keywords);
        }
        return out.toBytes();
    }

    /** A payload of empty Arguments and the ArgumentsKw that are {@code length} bytes of {@code bytes}. */
    final byte[] keywordsOnly(byte[] bytes, int offset, int length) {
        beginList(0);
        endList();
        separator();
        return out.toBytes(bytes, offset, length, NOTHING);
    }

    private void embedded(EncodedElement embedded) throws Unrepresentable {
        if (embedded.serializer() != serializer()) {
            throw new Unrepresentable("an element of " + embedded.serializer() + " does not fit in " + serializer());
        }
        embedded.writeTo(out);
    }

    private void number(Number number) throws Unrepresentable {
        switch (number) {
            case BigInteger big when big.bitLength() >= Long.SIZE -> bigInteger(big);
            case BigInteger small -> integer(small.longValue());
            case BigDecimal decimal -> decimal(decimal);
            case Double fraction -> floating(fraction);
            case Float fraction -> floating(Double.parseDouble(fraction.toString()));
            case Long value -> integer(value);
            case Integer value -> integer(value);
            case Short value -> integer(value);
            case Byte value -> integer(value);
            case AtomicInteger value -> integer(value.get());
            case AtomicLong value -> integer(value.get());
            default -> throw new Unrepresentable("a " + number.getClass().getName() + " has no form in a message");
        }
    }

    private void enter() throws Unrepresentable {
        // The message itself is depth 1.
        if (++depth >= limits.depth()) {
            throw new Unrepresentable("values nested deeper than " + limits.depth() + ", the limit");
        }
    }
}
