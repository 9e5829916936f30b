package io.junctor.cli.bench.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/2 with one stream, which contains a WebSocket (RFC 8441). Confined to the thread of its loop. */
final class Http2Framing implements Framing {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 9;
    /** The largest frame that needs no agreement with the peer (RFC 9113, section 4.2). */
    private static final int FRAME_BYTES = 1 << 14;

    private static final int DEFAULT_WINDOW_BYTES = 65_535;
    /** The number of bytes that the router may send before it needs a larger window. */
    private static final int WINDOW_BYTES = 1 << 24;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    private static final int HEADER_TABLE_SIZE = 1;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int SETTING_BYTES = 6;

    /** {@code :status 200}, an entry of the static table of HPACK (RFC 7541, appendix A). */
    private static final int STATUS_200 = 0x88;

    /** The first bits of a change of the dynamic table's size, which may precede the fields (RFC 7541, section 6.3). */
    private static final int TABLE_SIZE = 0x20;

    private static final int TABLE_SIZE_MASK = 0xE0;

    /** The longest text whose length takes one byte; longer ones use base-128 digits (RFC 7541, section 5.1). */
    private static final int PREFIX = 0x7F;

    private static final int MORE = 0x80;
    private static final int DIGIT_BITS = 7;
    private static final byte[] NOTHING = {};
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final List<String> request;
    private final WebSocketFraming webSocket;
    /** Frames of the WebSocket that are not sent yet, because the router's flow-control window is empty. */
    private final WriteBuffer waiting = new WriteBuffer();

    /** All frames of HTTP/2 that are not subject to flow control. */
    private final WriteBuffer control = new WriteBuffer();

    private int initialWindow = DEFAULT_WINDOW_BYTES;
    private int streamWindow = DEFAULT_WINDOW_BYTES;
    private int connectionWindow = DEFAULT_WINDOW_BYTES;
    /** The number of bytes that were received since the last window update. */
    private int receivedBytes;

    private boolean asked;

    /** The incomplete header of a WebSocket frame. */
    private ByteBuffer rest = NO_BYTES;

    /** @param request the names and values of the fields of the request, alternating */
    Http2Framing(List<String> request, WebSocketFraming webSocket) {
        this.request = request;
        this.webSocket = webSocket;
    }

    @Override
    public void open(WriteBuffer out) {
        out.room(PREFACE.length).put(PREFACE);
        frame(SETTINGS, 0, 0, 2 * SETTING_BYTES, out)
                .putShort((short) HEADER_TABLE_SIZE)
                .putInt(0)
                .putShort((short) INITIAL_WINDOW_SIZE)
                .putInt(WINDOW_BYTES);
        giveWindow(0, WINDOW_BYTES - DEFAULT_WINDOW_BYTES, out);
    }

    @Override
    public void message(byte[] message, WriteBuffer out) {
        webSocket.message(message, waiting);
    }

    @Override
    public void pong(byte[] payload, WriteBuffer out) {
        webSocket.pong(payload, waiting);
    }

    @Override
    public void flush(WriteBuffer out) {
        webSocket.flush(waiting);
        move(control, bytes -> {
            out.room(bytes.remaining()).put(bytes);
            return true;
        });
        move(waiting, bytes -> putData(bytes, out));
    }

    /** Takes bytes from a buffer, all or some; returns false if it accepts no more at the moment. */
    private interface ByteSink {
        boolean take(ByteBuffer bytes);
    }

    private static void move(WriteBuffer from, ByteSink sink) {
        try {
            from.writeTo(new WritableByteChannel() {
                @Override
                public int write(ByteBuffer bytes) {
                    int before = bytes.remaining();
                    while (bytes.hasRemaining() && sink.take(bytes)) {
                        // The loop condition takes the bytes.
                    }
                    return before - bytes.remaining();
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            });
        } catch (IOException e) {
            throw new IllegalStateException("a buffer does no input or output", e);
        }
    }

    private boolean putData(ByteBuffer bytes, WriteBuffer out) {
        int most = Math.min(FRAME_BYTES, Math.min(streamWindow, connectionWindow));
        int count = Math.min(most, bytes.remaining());
        if (count <= 0) {
            return false;
        }
        frame(DATA, 0, STREAM, count, out).put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        streamWindow -= count;
        connectionWindow -= count;
        return true;
    }

    private static ByteBuffer frame(int type, int flags, int stream, int payloadBytes, WriteBuffer out) {
        return out.room(HEADER_BYTES + payloadBytes)
                .putInt((payloadBytes << 8) | type)
                .put((byte) flags)
                .putInt(stream);
    }

    private static void giveWindow(int stream, int bytes, WriteBuffer out) {
        frame(WINDOW_UPDATE, 0, stream, Integer.BYTES, out).putInt(bytes);
    }

    // Reading.

    @Override
    public void read(ByteBuffer in, SocketTransport connection) {
        while (in.remaining() >= HEADER_BYTES) {
            int payloadBytes = in.getInt(in.position()) >>> 8;
            if (in.remaining() < HEADER_BYTES + payloadBytes) {
                break;
            }
            int type = in.getInt() & 0xFF;
            int flags = in.get();
            int stream = in.getInt();
            ByteBuffer payload = in.slice(in.position(), payloadBytes);
            in.position(in.position() + payloadBytes);
            onFrame(type, flags, stream, payload, connection);
        }
        connection.flushLater();
    }

    private void onFrame(int type, int flags, int stream, ByteBuffer payload, SocketTransport connection) {
        switch (type) {
            case DATA -> onData(flags, payload, connection);
            case HEADERS -> onHeaders(payload, connection);
            case SETTINGS -> onSettings(flags, payload);
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, payload.remaining(), control).put(payload);
                }
            }
            case WINDOW_UPDATE -> {
                if (stream == 0) {
                    connectionWindow += payload.getInt();
                } else {
                    streamWindow += payload.getInt();
                }
            }
            case RST_STREAM -> connection.onClose(reason("reset the stream", payload.getInt()));
            case GOAWAY -> connection.onClose(reason("sent GOAWAY", payload.getInt(Integer.BYTES)));
            default -> {
                // Frames of other types do not matter for a WebSocket.
            }
        }
    }

    private void onData(int flags, ByteBuffer payload, SocketTransport connection) {
        receivedBytes += payload.remaining();
        if (receivedBytes >= WINDOW_BYTES / 2) {
            giveWindow(0, receivedBytes, control);
            giveWindow(STREAM, receivedBytes, control);
            receivedBytes = 0;
        }
        ByteBuffer bytes = payload;
        if (rest.hasRemaining()) {
            bytes = ByteBuffer.allocate(rest.remaining() + payload.remaining())
                    .put(rest)
                    .put(payload)
                    .flip();
        }
        webSocket.read(bytes, connection);
        rest = bytes.hasRemaining()
                ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
                : NO_BYTES;
        if ((flags & END_STREAM) != 0) {
            connection.onClose(NOTHING);
        }
    }

    private void onHeaders(ByteBuffer payload, SocketTransport connection) {
        int first = TABLE_SIZE;
        while (payload.hasRemaining() && (first & TABLE_SIZE_MASK) == TABLE_SIZE) {
            first = payload.get() & 0xFF;
        }
        if (first != STATUS_200) {
            throw new BenchException("the server did not accept the WebSocket in a stream of HTTP/2.");
        }
        webSocket.begin(connection);
    }

    /** Opens the WebSocket after the first settings, if these say that the router supports WebSockets in streams. */
    private void onSettings(int flags, ByteBuffer payload) {
        if ((flags & ACK) != 0) {
            return;
        }
        boolean takesWebSockets = false;
        while (payload.remaining() >= SETTING_BYTES) {
            int setting = payload.getShort();
            int value = payload.getInt();
            if (setting == INITIAL_WINDOW_SIZE) {
                streamWindow += value - initialWindow;
                initialWindow = value;
            }
            takesWebSockets |= setting == ENABLE_CONNECT_PROTOCOL && value == 1;
        }
        frame(SETTINGS, ACK, 0, 0, control);
        if (!asked) {
            if (!takesWebSockets) {
                throw new BenchException("the server takes no WebSockets in streams of HTTP/2 (RFC 8441).");
            }
            asked = true;
            byte[] block = fields();
            frame(HEADERS, END_HEADERS, STREAM, block.length, control).put(block);
        }
    }

    /** Returns the fields of the request as literals without indexing (RFC 7541, section 6.2.2). */
    private byte[] fields() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < request.size(); i += 2) {
            block.write(0);
            putText(request.get(i), block);
            putText(request.get(i + 1), block);
        }
        return block.toByteArray();
    }

    private static void putText(String text, ByteArrayOutputStream block) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length - PREFIX;
        block.write(Math.min(bytes.length, PREFIX));
        if (rest >= 0) {
            for (; rest >= MORE; rest >>= DIGIT_BITS) {
                block.write((rest & (MORE - 1)) | MORE);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** Returns a reason in the form of the payload of a close frame: a code and a text. */
    private static byte[] reason(String what, int error) {
        return ("\0\0it " + what + " with error code " + error).getBytes(StandardCharsets.US_ASCII);
    }
}
