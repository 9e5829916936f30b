package io.junctor.server.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The protocols that are recognized by the first bytes of a connection. */
enum DetectedProtocol {
    /** TLS: the first byte is a record of type handshake (RFC 8446, section 5.1). */
    TLS,
    /** RawSocket: the first byte is the magic byte of its handshake. */
    RAWSOCKET,
    /** HTTP/2: the connection preface (RFC 9113, section 3.4), which begins like no method of HTTP/1.1. */
    HTTP2,
    /** HTTP/1.1: any other bytes. The HTTP parser refuses them if they are not HTTP. */
    HTTP;

    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte RAWSOCKET_MAGIC = 0x7F;
    private static final byte[] HTTP2_PREFACE = {'P', 'R', 'I'};
    private static final int HTTP2_PREFACE_BYTES = 24;
    private static final int FRAME_HEADER_BYTES = 9;
    /** The longest SETTINGS frame for whose payload the router waits. */
    private static final int LONGEST_SETTINGS_BYTES = 1 << 10;

    /** An alert of TLS 1.0 or later: fatal, handshake_failure. */
    private static final byte[] TLS_ALERT = {0x15, 3, 1, 0, 2, 2, 40};

    /** Returns the protocol of a connection that begins with {@code bytes}, at least one; null if more bytes are needed to decide. */
    static @Nullable DetectedProtocol of(ByteBuffer bytes) {
        int start = bytes.position();
        return switch (bytes.get(start)) {
            case TLS_HANDSHAKE -> TLS;
            case RAWSOCKET_MAGIC -> RAWSOCKET;
            default -> {
                int known = Math.min(bytes.remaining(), HTTP2_PREFACE.length);
                boolean isPreface = bytes.slice(start, known).equals(ByteBuffer.wrap(HTTP2_PREFACE, 0, known));
                yield isPreface ? (known == HTTP2_PREFACE.length ? HTTP2 : null) : HTTP;
            }
        };
    }

    /**
     * Whether the preface of HTTP/2 and the first SETTINGS frame have arrived completely. Jetty 12.1 misreads this frame if its payload
     * arrives later than its header.
     */
    static boolean hasFirstFrame(ByteBuffer bytes) {
        if (bytes.remaining() < HTTP2_PREFACE_BYTES + FRAME_HEADER_BYTES) {
            return false;
        }
        int payloadBytes = bytes.getInt(bytes.position() + HTTP2_PREFACE_BYTES) >>> Byte.SIZE;
        return payloadBytes > LONGEST_SETTINGS_BYTES
                || bytes.remaining() >= HTTP2_PREFACE_BYTES + FRAME_HEADER_BYTES + payloadBytes;
    }

    /** Returns the answer to a client of this protocol on a listener that does not speak it; {@code reason} is one sentence. */
    ByteBuffer refusal(String reason) {
        return switch (this) {
            case TLS -> ByteBuffer.wrap(TLS_ALERT);
            // The RawSocket handshake has no error code for this case.
            case RAWSOCKET -> ByteBuffer.allocate(0);
            // Programs that use HTTP/2 display what they receive instead of a SETTINGS frame.
            case HTTP, HTTP2 -> {
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
