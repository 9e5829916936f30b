package io.junctor.wamp.rawsocket;

import io.junctor.wamp.value.Serializer;
import java.util.Optional;

/**
 * The four octets that each side sends first: the magic octet, an octet with length code and serializer code, and two reserved octets.
 *
 * @param lengthCode the maximum length of messages that the sender of the handshake accepts: 2^(9 + code) octets
 * @param serializerCode the number of a serializer, 0 in a refusal
 * @param reserved the two reserved octets
 */
public record RawSocketHandshake(int lengthCode, int serializerCode, int reserved) {
    /** The magic octet, which is the first octet. */
    public static final byte MAGIC = 0x7F;
    /** The length of the handshake in octets. */
    public static final int BYTES = 4;

    private static final int SHORTEST_LENGTH_BITS = 9;
    private static final int MAX_LENGTH_CODE = 15;

    /** Creates the handshake of a peer that accepts messages of up to {@code maxBytes}, rounded down to a power of two. */
    public static RawSocketHandshake of(int maxBytes, Serializer serializer) {
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, maxBytes));
        return new RawSocketHandshake(Math.clamp(bits - SHORTEST_LENGTH_BITS, 0, MAX_LENGTH_CODE), code(serializer), 0);
    }

    /** Decodes a handshake. */
    public static RawSocketHandshake read(byte[] octets) {
        if (octets.length != BYTES || octets[0] != MAGIC) {
            throw new IllegalArgumentException("not a RawSocket handshake");
        }
        return new RawSocketHandshake(
                (octets[1] & 0xF0) >> 4, octets[1] & 0x0F, ((octets[2] & 0xFF) << 8) | (octets[3] & 0xFF));
    }

    /** Encodes this handshake. */
    public byte[] octets() {
        return new byte[] {MAGIC, (byte) (lengthCode << 4 | serializerCode), (byte) (reserved >> 8), (byte) reserved};
    }

    /** The maximum length of messages that the sender of this handshake accepts. */
    public int maxBytes() {
        return 1 << (SHORTEST_LENGTH_BITS + lengthCode);
    }

    /** The serializer; empty for a serializer that Junctor does not support, and in a refusal. */
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
