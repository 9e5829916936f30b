package io.junctor.wamp.rawsocket;

/** Why a router refuses a RawSocket handshake. Immutable. */
public enum HandshakeError {
    SERIALIZER_UNSUPPORTED(1, "the router does not offer this serializer"),
    LENGTH_UNACCEPTABLE(2, "the router does not accept this maximum message length"),
    RESERVED_BITS(3, "reserved bits of the handshake are set"),
    CONNECTION_LIMIT(4, "the router takes no more connections");

    private final int code;
    private final String meaning;

    HandshakeError(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The octets that refuse a handshake with this error. */
    public byte[] reply() {
        return new byte[] {RawSocketHandshake.MAGIC, (byte) (code << 4), 0, 0};
    }

    /** What the code in the upper four bits of a refusal means. */
    public static String meaning(int code) {
        for (HandshakeError error : values()) {
            if (error.code == code) {
                return error.meaning;
            }
        }
        return "error code " + code;
    }
}
