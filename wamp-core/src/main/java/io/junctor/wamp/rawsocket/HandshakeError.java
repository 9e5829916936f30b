package io.junctor.wamp.rawsocket;

/** The reasons for which a router refuses a RawSocket handshake. */
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

    /** The octets of the answer that refuses a handshake with this error. */
    public byte[] reply() {
        return new byte[] {RawSocketHandshake.MAGIC, (byte) (code << 4), 0, 0};
    }

    /** Describes the error code in the upper four bits of a refusal. */
    public static String meaning(int code) {
        for (HandshakeError error : values()) {
            if (error.code == code) {
                return error.meaning;
            }
        }
        return "error code " + code;
    }
}
