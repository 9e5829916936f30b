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
 * Writes the elements of one message, or of one payload, in one serialization. Confined to one thread.
 *
 * <p>This class handles the types of values and the nesting limit. Subclasses encode each type.
 */
public abstract class WireWriter {
    private static final byte[] NOTHING = {};

    /** The bytes written so far. */
    protected final OutputBuffer out;

    private final CodecLimits limits;
    private int depth;

    /** Creates an empty writer with an initial {@code capacity} in bytes. */
    protected WireWriter(int capacity, CodecLimits limits) {
        this.out = new OutputBuffer(capacity);
        this.limits = limits;
    }

    /** The serialization. */
    protected abstract Serializer serializer();

    /** Writes the start of a list. */
    protected abstract void beginList(int size);

    /** Writes the start of a dictionary. */
    protected abstract void beginDict(int size);

    /** Writes the end of a list, in serializations that mark the end. */
    protected void endList() {}

    /** Writes the end of a dictionary, in serializations that mark the end. */
    protected void endDict() {}

    /** Writes the separator between elements, in serializations with separators. */
    protected void separator() {}

    /** The bytes that end a list, in serializations that mark the end; otherwise empty. */
    protected byte[] close() {
        return NOTHING;
    }

    /** Writes null. */
    protected abstract void nil();

    /** Writes a boolean. */
    protected abstract void bool(boolean value);

    /** Writes an integer. */
    protected abstract void integer(long value);

    /** Writes an integer of more than 64 bits. */
    protected abstract void bigInteger(BigInteger value) throws UnrepresentableException;

    /** Writes a floating-point number. */
    protected abstract void floating(double value) throws UnrepresentableException;

    /** Writes a decimal number. */
    protected abstract void decimal(BigDecimal value) throws UnrepresentableException;

    /** Writes a string. */
    protected abstract void text(String value) throws UnrepresentableException;

    /** Writes binary data. */
    protected abstract void octets(byte[] value);

    /** Writes a key of a dictionary. By default any value is allowed. */
    protected void key(@Nullable Object key) throws UnrepresentableException {
        value(key);
    }

    private void positional(Collection<?> arguments) throws UnrepresentableException {
        enter();
        beginList(arguments.size());
        int index = 0;
        for (Object argument : arguments) {
            if (index > 0) {
                separator();
            }
            try {
                value(argument);
            } catch (UnrepresentableException problem) {
                throw problem.in(ArgumentLocator.positional(index));
            }
            index++;
        }
        endList();
        depth--;
    }

    private void keywords(Map<?, ?> arguments) throws UnrepresentableException {
        enter();
        beginDict(arguments.size());
        int index = 0;
        for (Map.Entry<?, ?> argument : arguments.entrySet()) {
            if (index > 0) {
                separator();
            }
            try {
                key(argument.getKey());
                value(argument.getValue());
            } catch (UnrepresentableException problem) {
                throw problem.in(ArgumentLocator.keyword(String.valueOf(argument.getKey()), index));
            }
            index++;
        }
        endDict();
        depth--;
    }

    /** Writes a list. */
    private void list(Collection<?> list) throws UnrepresentableException {
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
    final void dict(Map<?, ?> dict) throws UnrepresentableException {
        enter();
        beginDict(dict.size());
        if (!dict.isEmpty()) {
            entries(dict);
        }
        endDict();
        depth--;
    }

    /** Writes the entries of a dictionary. Most options and details have none, and need no iterators. */
    private void entries(Map<?, ?> dict) throws UnrepresentableException {
        boolean isFirst = true;
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            if (!isFirst) {
                separator();
            }
            isFirst = false;
            key(entry.getKey());
            value(entry.getValue());
        }
    }

    /** Writes a value of any type that {@link io.junctor.wamp.value.Arguments} lists. */
    protected final void value(@Nullable Object value) throws UnrepresentableException {
        switch (value) {
            case null -> nil();
            case String text -> text(text);
            case Boolean bool -> bool(bool);
            case Number number -> number(number);
            case byte[] octets -> octets(octets);
            case Map<?, ?> dict -> dict(dict);
            case Collection<?> list -> list(list);
            case EncodedElement embedded -> embedded(embedded);
            case UnsupportedValue unsupported ->
                throw new UnrepresentableException(unsupported.kind() + " cannot be expressed in " + serializer());
            default ->
                throw new UnrepresentableException(
                        "a value of type " + value.getClass().getName() + " cannot be encoded in a WAMP message");
        }
    }

    /**
     * Returns the message: the bytes written so far, {@code length} bytes of {@code tail} and the end of the list.
     */
    final byte[] finish(byte[] tail, int offset, int length) {
        return out.toBytes(tail, offset, length, close());
    }

    /** Returns a whole payload: Arguments, and ArgumentsKw if {@code hasKeywords}. */
    final byte[] payload(Collection<?> positional, Map<?, ?> keywords, boolean hasKeywords)
            throws UnrepresentableException {
        positional(positional);
        if (hasKeywords) {
            separator();
            keywords(keywords);
        }
        return out.toBytes();
    }

    /** Returns a payload of empty Arguments and the encoded ArgumentsKw in {@code length} bytes of {@code bytes}. */
    final byte[] keywordsOnly(byte[] bytes, int offset, int length) {
        beginList(0);
        endList();
        separator();
        return out.toBytes(bytes, offset, length, NOTHING);
    }

    private void embedded(EncodedElement embedded) throws UnrepresentableException {
        if (embedded.serializer() != serializer()) {
            throw new UnrepresentableException("an element encoded in " + embedded.serializer()
                    + " cannot be put into a message in " + serializer());
        }
        embedded.writeTo(out);
    }

    private void number(Number number) throws UnrepresentableException {
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
            default ->
                throw new UnrepresentableException(
                        "a number of type " + number.getClass().getName() + " cannot be encoded in a WAMP message");
        }
    }

    private void enter() throws UnrepresentableException {
        // The message itself is level 1.
        if (++depth >= limits.depth()) {
            throw new UnrepresentableException("values nested deeper than the limit of " + limits.depth() + " levels");
        }
    }
}
