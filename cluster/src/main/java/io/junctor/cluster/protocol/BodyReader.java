package io.junctor.cluster.protocol;

import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BodyWriter} wrote. Its methods throw {@link InvalidBodyException} where bytes are missing or have no meaning. For one
 * thread.
 */
public final class BodyReader {
    private static final Serializer[] SERIALIZERS = Serializer.values();
    private static final ArgumentKinds[] ARGUMENT_KINDS = ArgumentKinds.values();

    private final ByteBuffer in;

    /** Reads {@code body} from its beginning. */
    public BodyReader(byte[] body) {
        this.in = ByteBuffer.wrap(body);
    }

    /** Whether nothing is left. */
    public boolean isAtEnd() {
        return !in.hasRemaining();
    }

    /** Reads one byte. */
    public int octet() {
        require(1);
        return in.get() & 0xff;
    }

    /** Reads four bytes. */
    public int number() {
        require(Integer.BYTES);
        return in.getInt();
    }

    /** Reads eight bytes. */
    public long id() {
        require(Long.BYTES);
        return in.getLong();
    }

    /** Reads an id of WAMP. {@code what} is its name in the error text. */
    public long wampId(String what) {
        long id = id();
        if (!Ids.isValid(id)) {
            throw new InvalidBodyException(what + " " + id + " is no id");
        }
        return id;
    }

    /** Reads an id of WAMP, or 0. {@code what} is its name in the error text. */
    public long wampIdOrNone(String what) {
        long id = id();
        if (id != 0 && !Ids.isValid(id)) {
            throw new InvalidBodyException(what + " " + id + " is no id");
        }
        return id;
    }

    /** Reads a text. */
    public String text() {
        byte[] bytes = bytes();
        if (Utf8.firstInvalid(bytes, 0, bytes.length) >= 0) {
            throw new InvalidBodyException("a text that is not UTF-8");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads bytes. */
    public byte[] bytes() {
        int length = number();
        if (length < 0) {
            throw new InvalidBodyException("a length of " + length);
        }
        require(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** Reads the serialization of a message. */
    public Serializer serializer() {
        int ordinal = octet();
        if (ordinal >= SERIALIZERS.length) {
            throw new InvalidBodyException("serialization " + ordinal);
        }
        return SERIALIZERS[ordinal];
    }

    /** Reads arguments, and checks them: anything on NATS may have written them. */
    public Payload payload() {
        int kinds = octet();
        if (kinds >= ARGUMENT_KINDS.length) {
            throw new InvalidBodyException("arguments of the kind " + kinds);
        }
        if (ARGUMENT_KINDS[kinds] == ArgumentKinds.ABSENT) {
            return Payload.NONE;
        }
        Serializer serializer = serializer();
        byte[] bytes = bytes();
        return WampMessages.checked(Payload.of(serializer, ARGUMENT_KINDS[kinds], bytes, 0, bytes.length));
    }

    private void require(int bytes) {
        if (in.remaining() < bytes) {
            throw new InvalidBodyException(
                    "the message ends at byte " + in.limit() + ", " + (bytes - in.remaining()) + " before its end");
        }
    }
}
