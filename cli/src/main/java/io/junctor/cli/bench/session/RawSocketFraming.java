package io.junctor.cli.bench.session;

import io.junctor.wamp.rawsocket.FramePrefix;
import io.junctor.wamp.rawsocket.RawSocketHandshake;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;

/** RawSocket: a handshake of four octets, then messages that are preceded by their length. Confined to the thread of its loop. */
final class RawSocketFraming implements Framing {
    private static final int MAX_MESSAGE_BYTES = 1 << 24;
    private static final byte[] NO_FRAME = {};

    private final RawSocketHandshake request;
    private boolean opened;
    private byte[] frame = NO_FRAME;
    private int frameBytes;
    /** The type of the frame whose payload is being read, or -1 between two frames. */
    private int type = -1;

    RawSocketFraming(Serializer serializer) {
        this.request = RawSocketHandshake.of(MAX_MESSAGE_BYTES, serializer);
    }

    @Override
    public void open(WriteBuffer out) {
        out.room(RawSocketHandshake.BYTES).put(request.octets());
    }

    @Override
    public void message(byte[] message, WriteBuffer out) {
        put(FramePrefix.MESSAGE, message, out);
    }

    @Override
    public void pong(byte[] payload, WriteBuffer out) {
        put(FramePrefix.PONG, payload, out);
    }

    private static void put(int type, byte[] payload, WriteBuffer out) {
        out.room(FramePrefix.BYTES + payload.length)
                .putInt(FramePrefix.of(type, payload.length))
                .put(payload);
    }

    @Override
    public void read(ByteBuffer in, SocketTransport connection) {
        if (!opened) {
            if (in.remaining() < RawSocketHandshake.BYTES) {
                return;
            }
            acceptReply(in);
            opened = true;
            connection.onOpened();
        }
        while (readFrame(in, connection)) {}
    }

    private void acceptReply(ByteBuffer in) {
        byte[] reply = new byte[RawSocketHandshake.BYTES];
        in.get(reply);
        if (reply[0] != RawSocketHandshake.MAGIC) {
            throw new BenchException("the server does not speak RawSocket.");
        }
        RawSocketHandshake answer = RawSocketHandshake.read(reply);
        if (answer.serializerCode() == 0) {
            throw new BenchException(
                    "the server refused the RawSocket handshake with error " + answer.lengthCode() + ".");
        }
        if (answer.serializerCode() != request.serializerCode()) {
            throw new BenchException("the server answered the RawSocket handshake with another serializer.");
        }
    }

    /** Reads one frame, or the part of it that has arrived. Returns whether the frame was complete. */
    private boolean readFrame(ByteBuffer in, SocketTransport connection) {
        if (type < 0) {
            if (in.remaining() < FramePrefix.BYTES) {
                return false;
            }
            begin(in.getInt());
        }
        int bytes = Math.min(in.remaining(), frame.length - frameBytes);
        in.get(frame, frameBytes, bytes);
        frameBytes += bytes;
        if (frameBytes < frame.length) {
            return false;
        }
        byte[] whole = frame;
        int endedType = type;
        frame = NO_FRAME;
        type = -1;
        if (endedType == FramePrefix.MESSAGE) {
            connection.onMessage(whole);
        } else if (endedType == FramePrefix.PING) {
            connection.onPing(whole);
        }
        return true;
    }

    private void begin(int prefix) {
        String problem = FramePrefix.problem(prefix);
        if (problem != null) {
            throw new BenchException("the server broke the RawSocket protocol: " + problem + ".");
        }
        type = FramePrefix.type(prefix);
        frame = new byte[FramePrefix.bytes(prefix)];
        frameBytes = 0;
    }
}
