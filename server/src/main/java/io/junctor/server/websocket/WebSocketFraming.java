package io.junctor.server.websocket;

import io.junctor.server.framing.FramedConnection;
import io.junctor.server.framing.Framing;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.ControlFrame;
import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.FrameReader;
import io.junctor.websocket.Opcode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The frames of one WebSocket (RFC 6455). Thread-safe as {@link Framing} says. */
final class WebSocketFraming implements Framing {
    private final Serializer serializer;
    private final FrameReader frames;
    private final int firstByte;

    WebSocketFraming(Serializer serializer) {
        this.serializer = serializer;
        this.frames = FrameReader.ofClientFrames(serializer.isText());
        this.firstByte = FrameHeader.FIN | Opcode.ofMessages(serializer.isText());
    }

    @Override
    public byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection) {
        try {
            while (true) {
                switch (frames.next(in, limitBytes)) {
                    case NOTHING -> {
                        return null;
                    }
                    case MESSAGE -> {
                        return frames.takeMessage();
                    }
                    case PING -> connection.onPing(frames.controlPayload());
                    case PONG -> {}
                    case CLOSE -> {
                        connection.onCloseFrame(CloseCode.of(frames.controlPayload()));
                        return null;
                    }
                    case WRONG_OPCODE -> connection.onFault(wrongOpcode());
                }
            }
        } catch (FrameException fault) {
            connection.onViolation(fault.closeCode(), fault.reason());
            return null;
        }
    }

    private String wrongOpcode() {
        String sent = serializer.isText() ? "a binary frame" : "a text frame";
        String used = serializer.isText() ? "text frames" : "binary frames";
        return sent + " on subprotocol " + serializer.subprotocol() + ", which uses " + used;
    }

    @Override
    public void skipMessages() {
        frames.skipMessages();
    }

    @Override
    public int heldBytes() {
        return frames.heldBytes();
    }

    @Override
    public int headerBytes(int messageBytes) {
        return FrameHeader.bytes(messageBytes);
    }

    @Override
    public void putHeader(ByteBuffer out, int messageBytes) {
        FrameHeader.put(out, firstByte, messageBytes);
    }

    @Override
    public byte[] ping() {
        return ControlFrame.ping();
    }

    @Override
    public byte[] pong(byte[] payload) {
        return ControlFrame.pong(payload);
    }

    /** RFC 6455, section 5.5.3, lets a peer answer the latest ping only. */
    @Override
    public boolean answersEachPing() {
        return false;
    }
}
