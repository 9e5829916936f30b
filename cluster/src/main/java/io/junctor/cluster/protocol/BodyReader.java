package io.junctor.cluster.protocol;

import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what {@link BodyWriter} wrote. Its methods throw {@link InvalidBodyException} where bytes are missing or have no meaning. For one
 * thread.
 */
public final class BodyReader {
    private static final List<Serializer> SERIALIZERS = List.of(Serializer.values());
    private static final List<ArgumentKinds> ARGUMENT_KINDS = List.of(ArgumentKinds.values());

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
        return valid(id(), what);
    }

    /** Reads an id of WAMP, or 0. {@code what} is its name in the error text. */
    public long wampIdOrNone(String what) {
        long id = id();
        return id == 0 ? id : valid(id, what);
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
        return constant(SERIALIZERS, "serialization");
    }

    /** Reads arguments, and checks them: anything on NATS may have written them. */
    public Payload payload() {
        ArgumentKinds kinds = constant(ARGUMENT_KINDS, "arguments of the kind");
        if (kinds == ArgumentKinds.ABSENT) {
            return Payload.NONE;
        }
        Serializer serializer = serializer();
        byte[] bytes = bytes();
        return WampMessages.checked(Payload.of(serializer, kinds, bytes, 0, bytes.length));
    }

    /** Reads the ordinal of one of {@code constants}. */
    private <E> E constant(List<E> constants, String what) {
        int ordinal = octet();
        if (ordinal >= constants.size()) {
            throw new InvalidBodyException(what + " " + ordinal);
        }
        return constants.get(ordinal);
    }

    private static long valid(long id, String what) {
        if (!Ids.isValid(id)) {
            throw new InvalidBodyException(what + " " + id + " is no id");
        }
        return id;
    }

    private void require(int bytes) {
        if (in.remaining() < bytes) {
            throw new InvalidBodyException(
                    "the message ends at byte " + in.limit() + ", " + (bytes - in.remaining()) + " before its end");
        }
    }
}
