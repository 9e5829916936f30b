package io.junctor.server.websocket;

import io.junctor.router.connection.transport.WireForm;
import io.junctor.server.framing.FramedConnection;
import io.junctor.server.framing.Framing;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.ControlFrame;
import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.FrameReader;
import io.junctor.websocket.MessageCompression;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.PermessageDeflate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Inflater;
import org.eclipse.jetty.util.compression.CompressionPool;
import org.jspecify.annotations.Nullable;

/** The frames of one WebSocket (RFC 6455). As thread-safe as {@link Framing} demands. */
final class WebSocketFraming implements Framing {
    private final NegotiatedParameters agreement;
    private final Serializer serializer;
    private final FrameReader frames;
    private final int firstByte;
    /** The format of batches; null if messages are not batched. */
    private final @Nullable BatchFormat batch;
    /** Compresses messages; null if messages are not compressed. */
    private final @Nullable CompressedWireForm compressed;
    /** The batch whose messages are delivered, or null. */
    private @Nullable BatchReader messages;

    WebSocketFraming(NegotiatedParameters agreement) {
        this.agreement = agreement;
        this.serializer = agreement.subprotocol().serializer();
        this.batch = agreement.subprotocol().isBatched() ? new BatchFormat(serializer) : null;
        this.frames = FrameReader.ofClientFrames(serializer.isText());
        int opcode = Opcode.ofMessages(serializer.isText());
        PermessageDeflate parameters = agreement.compression();
        if (parameters == null) {
            this.compressed = null;
        } else {
            this.compressed = new CompressedWireForm(agreement.deflaters(), parameters, opcode);
            frames.acceptCompressed();
        }
        this.firstByte = FrameHeader.FIN | opcode;
    }

    /** Returns how each message is transformed before it is framed; null for not at all. Batches are compressed as a whole, messages not. */
    @Nullable
    WireForm form() {
        return batch == null ? compressed : null;
    }

    @Override
    public byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection) {
        try {
            while (true) {
                if (messages != null && messages.hasNext()) {
                    return messages.next();
                }
                switch (frames.next(in, limitBytes)) {
                    case NOTHING -> {
                        return null;
                    }
                    case MESSAGE -> {
                        byte[] message = message(limitBytes);
                        if (batch == null) {
                            return message;
                        }
                        messages = batch.read(message);
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
        } catch (InvalidBatchException fault) {
            connection.onViolation(CloseCode.PROTOCOL_ERROR, String.valueOf(fault.getMessage()));
            return null;
        }
    }

    private byte[] message(int limitBytes) throws FrameException {
        byte[] message = frames.takeMessage();
        if (!frames.isCompressed()) {
            return message;
        }
        CompressionPool<Inflater>.Entry entry = agreement.inflaters().acquire();
        try {
            return MessageCompression.inflate(entry.get(), message, limitBytes);
        } finally {
            entry.release();
        }
    }

    @Override
    public boolean hasNext() {
        return messages != null && messages.hasNext();
    }

    private String wrongOpcode() {
        String sent = serializer.isText() ? "a binary frame" : "a text frame";
        String used = serializer.isText() ? "text frames" : "binary frames";
        return sent + " on subprotocol " + agreement.subprotocol().name() + ", which uses " + used;
    }

    @Override
    public void skipMessages() {
        messages = null;
        frames.skipMessages();
    }

    @Override
    public int heldBytes() {
        return frames.heldBytes() + (messages == null ? 0 : messages.bytesLeft());
    }

    @Override
    public List<byte[]> joined(List<byte[]> messages) {
        if (batch == null) {
            return messages;
        }
        byte[] joined = batch.join(messages);
        return List.of(compressed == null ? joined : compressed.of(joined));
    }

    /** Returns 0 with compression: then the messages are already frames, see {@link CompressedWireForm}. */
    @Override
    public int headerBytes(int messageBytes) {
        return compressed == null ? FrameHeader.bytes(messageBytes) : 0;
    }

    @Override
    public void putHeader(ByteBuffer out, int messageBytes) {
        if (compressed == null) {
            FrameHeader.put(out, firstByte, messageBytes);
        }
    }

    @Override
    public byte[] ping() {
        return ControlFrame.ping();
    }

    @Override
    public byte[] pong(byte[] payload) {
        return ControlFrame.pong(payload);
    }

    /** Returns false: RFC 6455, section 5.5.3, lets a peer answer only the latest ping. */
    @Override
    public boolean answersEachPing() {
        return false;
    }
}
