package io.junctor.cli.bench.session;

import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.FrameReader;
import io.junctor.websocket.MaskedFrame;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.OpeningHandshake;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** WebSockets: the upgrade request and masked frames. Confined to the thread of its loop. */
final class WebSocketFraming implements Framing {
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final String UPGRADED = "HTTP/1.1 101";

    private final TargetRouter target;
    private final SplittableRandom maskingKeys;
    private final int opcode;
    private final FrameReader frames;
    private final @Nullable BatchFormat batch;
    private final @Nullable MessageCompressor compression;
    /** The messages of the next batch. */
    private final List<byte[]> waiting = new ArrayList<>();

    private boolean upgraded;

    /** @param compression compresses the messages; null if they are not compressed */
    WebSocketFraming(TargetRouter target, SplittableRandom maskingKeys, @Nullable MessageCompressor compression) {
        boolean text = target.serializer().isText();
        this.target = target;
        this.maskingKeys = maskingKeys;
        this.opcode = Opcode.ofMessages(text);
        this.frames = FrameReader.ofServerFrames(text);
        this.batch = target.batched() ? new BatchFormat(target.serializer()) : null;
        this.compression = compression;
        if (compression != null) {
            frames.acceptCompressed();
        }
    }

    @Override
    public void open(WriteBuffer out) {
        byte[] request =
                target.upgradeRequest(OpeningHandshake.newKey(maskingKeys)).getBytes(StandardCharsets.US_ASCII);
        out.room(request.length).put(request);
    }

    @Override
    public void message(byte[] message, WriteBuffer out) {
        if (batch == null) {
            put(message, out);
        } else {
            waiting.add(message);
        }
    }

    @Override
    public void flush(WriteBuffer out) {
        if (batch != null && !waiting.isEmpty()) {
            put(batch.join(waiting), out);
            waiting.clear();
        }
    }

    @Override
    public void pong(byte[] payload, WriteBuffer out) {
        frame(Opcode.PONG, payload, out);
    }

    private void put(byte[] message, WriteBuffer out) {
        if (compression != null && compression.suits(message)) {
            frame(FrameHeader.COMPRESSED | opcode, compression.deflate(message), out);
        } else {
            frame(opcode, message, out);
        }
    }

    private void frame(int firstBits, byte[] payload, WriteBuffer out) {
        ByteBuffer room = out.room(MaskedFrame.MAX_HEADER_BYTES + payload.length);
        MaskedFrame.put(room, FrameHeader.FIN | firstBits, payload, maskingKeys.nextInt());
    }

    @Override
    public void read(ByteBuffer in, SocketTransport connection) {
        if (!upgraded && !upgrade(in, connection)) {
            return;
        }
        try {
            readFrames(in, connection);
        } catch (FrameException e) {
            throw new BenchException("the server broke the WebSocket protocol: " + e.reason() + ".");
        } catch (InvalidBatchException e) {
            throw new BenchException("the server sent " + e.getMessage() + ".");
        }
    }

    private void readFrames(ByteBuffer in, SocketTransport connection) throws FrameException, InvalidBatchException {
        while (true) {
            switch (frames.next(in, MAX_MESSAGE_BYTES)) {
                case NOTHING -> {
                    return;
                }
                case MESSAGE -> deliver(takeMessage(), connection);
                case PING -> connection.onPing(frames.controlPayload());
                case PONG -> {}
                case CLOSE -> connection.onClose(frames.controlPayload());
                case WRONG_OPCODE ->
                    throw new BenchException("the server sent text frames instead of binary frames, or the reverse.");
            }
        }
    }

    private byte[] takeMessage() throws FrameException {
        byte[] message = frames.takeMessage();
        return compression != null && frames.isCompressed() ? compression.inflate(message, MAX_MESSAGE_BYTES) : message;
    }

    private void deliver(byte[] message, SocketTransport connection) throws InvalidBatchException {
        if (batch == null) {
            connection.onMessage(message);
            return;
        }
        BatchReader messages = batch.read(message);
        while (messages.hasNext()) {
            connection.onMessage(messages.next());
        }
    }

    private boolean upgrade(ByteBuffer in, SocketTransport connection) {
        String answer = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        if (!answer.startsWith(UPGRADED)) {
            throw new BenchException("the server did not accept the WebSocket; it answered '"
                    + answer.lines().findFirst().orElse("") + "'.");
        }
        if (compression != null && !answer.substring(0, head).contains("permessage-deflate")) {
            throw new BenchException("the server did not accept --compression.");
        }
        in.position(in.position() + head + 4);
        begin(connection);
        return true;
    }

    /** Notes that the router has accepted the WebSocket, on a socket or in a stream of HTTP/2. */
    void begin(SocketTransport connection) {
        upgraded = true;
        connection.onOpened();
    }
}
