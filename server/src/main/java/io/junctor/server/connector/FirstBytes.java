package io.junctor.server.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The protocols that the first byte of a connection tells apart. */
enum FirstBytes {
    /** A record of type handshake (RFC 8446, section 5.1). */
    TLS,
    /** The magic byte of the RawSocket handshake. */
    RAWSOCKET,
    /** All other bytes: the HTTP parser refuses what is not HTTP. */
    HTTP;

    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte RAWSOCKET_MAGIC = 0x7F;

    /** An alert of TLS 1.0 or later: fatal, handshake_failure. */
    private static final byte[] TLS_ALERT = {0x15, 3, 1, 0, 2, 2, 40};

    static FirstBytes of(byte first) {
        return switch (first) {
            case TLS_HANDSHAKE -> TLS;
            case RAWSOCKET_MAGIC -> RAWSOCKET;
            default -> HTTP;
        };
    }

    /** The answer to a client that speaks this protocol where the listener does not; {@code reason} is one sentence. */
    ByteBuffer refusal(String reason) {
        return switch (this) {
            case TLS -> ByteBuffer.wrap(TLS_ALERT);
            // The handshake has no error code for this case.
            case RAWSOCKET -> ByteBuffer.allocate(0);
            case HTTP -> {
                byte[] body = (reason + "\n").getBytes(StandardCharsets.US_ASCII);
                String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                        + body.length + "\r\nConnection: close\r\n\r\n";
                byte[] header = head.getBytes(StandardCharsets.US_ASCII);
                yield ByteBuffer.allocate(header.length + body.length)
                        .put(header)
                        .put(body)
                        .flip();
            }
        };
    }
}
