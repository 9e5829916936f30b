package io.junctor.wamp.rawsocket;

import io.junctor.wamp.value.Serializer;
import java.util.Optional;

/**
 * The four octets that each side sends first: magic octet, length code and serializer code, two reserved octets.
 * Immutable.
 *
 * @param lengthCode says how long the messages may be that the sender of the octets receives: 2^(9 + code) octets
 * @param serializerCode the number of a serializer, 0 in a refusal
 * @param reserved the two reserved octets
 */
public record RawSocketHandshake(int lengthCode, int serializerCode, int reserved) {
    /** The first octet. */
    public static final byte MAGIC = 0x7F;
    /** How many octets each side sends. */
    public static final int BYTES = 4;

    private static final int SHORTEST_LENGTH_BITS = 9;
    private static final int MAX_LENGTH_CODE = 15;

    /** The handshake of a side that receives messages of up to {@code maxBytes}, or somewhat less: a power of two. */
    public static RawSocketHandshake of(int maxBytes, Serializer serializer) {
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, maxBytes));
        return new RawSocketHandshake(Math.clamp(bits - SHORTEST_LENGTH_BITS, 0, MAX_LENGTH_CODE), code(serializer), 0);
    }

    /** Reads the octets. */
    public static RawSocketHandshake read(byte[] octets) {
        if (octets.length != BYTES || octets[0] != MAGIC) {
            throw new IllegalArgumentException("not a RawSocket handshake");
        }
        return new RawSocketHandshake(
                (octets[1] & 0xF0) >> 4, octets[1] & 0x0F, ((octets[2] & 0xFF) << 8) | (octets[3] & 0xFF));
    }

    /** The octets. */
    public byte[] octets() {
        return new byte[] {MAGIC, (byte) (lengthCode << 4 | serializerCode), (byte) (reserved >> 8), (byte) reserved};
    }

    /** The longest message that the sender of the octets receives. */
    public int maxBytes() {
        return 1 << (SHORTEST_LENGTH_BITS + lengthCode);
    }

    /** The serializer; empty for those that Junctor does not have, and in a refusal. */
    public Optional<Serializer> serializer() {
        for (Serializer serializer : Serializer.values()) {
            if (code(serializer) == serializerCode) {
                return Optional.of(serializer);
            }
        }
        return Optional.empty();
    }

    private static int code(Serializer serializer) {
        return switch (serializer) {
            case JSON -> 1;
            case MSGPACK -> 2;
            case CBOR -> 3;
        };
    }
}
