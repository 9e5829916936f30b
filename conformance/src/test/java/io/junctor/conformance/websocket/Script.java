package io.junctor.conformance.websocket;

import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what a peer sends in one case: bytes in writes, and the answers that it awaits between them. Confined to one thread. */
final class Script {
    static final int FIN = FrameHeader.FIN;
    static final int COMPRESSED = FrameHeader.COMPRESSED;

    /** One step of the peer. */
    sealed interface Step permits Write, AwaitPong, AwaitEchoes, EndOfStream {}

    /** Writes these bytes at once. */
    static final class Write implements Step {
        final byte[] bytes;

        private Write(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** Waits for the answer to the latest ping. */
    static final class AwaitPong implements Step {
        final byte[] payload;

        private AwaitPong(byte[] payload) {
            this.payload = payload;
        }
    }

    /** Waits until this many messages have come back. */
    record AwaitEchoes(int count) implements Step {}

    /** Ends the peer's side of the TCP connection. */
    record EndOfStream() implements Step {}

    private final EchoMessages messages;
    private final FrameEncoder frames;
    private final List<Step> steps = new ArrayList<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final List<byte[]> pings = new ArrayList<>();
    private int bytesPerWrite = Integer.MAX_VALUE;
    private boolean closed;

    Script(EchoMessages messages, boolean masked) {
        this.messages = messages;
        this.frames = new FrameEncoder(masked);
    }

    // What happened, for the judge.

    List<Step> steps() {
        flush();
        return List.copyOf(steps);
    }

    /** The payloads of all pings that must be answered, or whose successor must be. */
    List<byte[]> pings() {
        return List.copyOf(pings);
    }

    boolean hasClosed() {
        return closed;
    }

    // Messages.

    Serializer serializer() {
        return messages.serializer();
    }

    /** The opcode of messages in this serialization. */
    int opcode() {
        return Opcode.ofMessages(serializer().isText());
    }

    /** A message of exactly so many octets. */
    byte[] message(int bytes) {
        return messages.ofSize(bytes);
    }

    /** A short message. */
    byte[] message() {
        return messages.of("a short text".getBytes(StandardCharsets.US_ASCII));
    }

    /** A message with a string of these octets, which need not be UTF-8. */
    byte[] message(byte[] octets) {
        return messages.of(octets);
    }

    /** Where the octets begin in the latest message. */
    int octetsAt() {
        return messages.octetsAt();
    }

    // Frames.

    /** A frame: the bits FIN, RSV1 to RSV3 and opcode, and the payload. */
    Script frame(int firstByte, byte[] payload) {
        pending.writeBytes(frames.frame(firstByte, payload));
        return this;
    }

    /** A message in one frame. */
    Script whole(byte[] message) {
        return frame(FIN | opcode(), message);
    }

    /** The first frame of a message in several. */
    Script first(byte[] part) {
        return frame(opcode(), part);
    }

    /** A frame of a message that is neither the first nor the last. */
    Script middle(byte[] part) {
        return frame(Opcode.CONTINUATION, part);
    }

    /** The last frame of a message in several. */
    Script last(byte[] part) {
        return frame(FIN | Opcode.CONTINUATION, part);
    }

    /** A message in frames that end at these offsets and at its end. */
    Script fragments(byte[] message, int... ends) {
        int from = 0;
        int opcode = opcode();
        for (int end : ends) {
            frame(opcode, Arrays.copyOfRange(message, from, end));
            from = end;
            opcode = Opcode.CONTINUATION;
        }
        return frame(FIN | opcode, Arrays.copyOfRange(message, from, message.length));
    }

    Script ping(byte[] payload) {
        pings.add(payload);
        return frame(FIN | Opcode.PING, payload);
    }

    Script ping(String payload) {
        return ping(payload.getBytes(StandardCharsets.US_ASCII));
    }

    Script pong(byte[] payload) {
        return frame(FIN | Opcode.PONG, payload);
    }

    /** A close frame with this payload. */
    Script close(byte[] payload) {
        closed = true;
        return frame(FIN | Opcode.CLOSE, payload);
    }

    /** A close frame with a code and no reason. */
    Script close(int code) {
        return close(new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** A frame that is masked although it must not be, or not masked although it must be. */
    Script wronglyMasked(int firstByte, byte[] payload) {
        pending.writeBytes(frames.wronglyMasked(firstByte, payload));
        return this;
    }

    /** A frame whose length stands in so many octets (0, 2 or 8) after the second one. */
    Script sized(int firstByte, int lengthBytes, long announced, byte[] payload) {
        pending.writeBytes(frames.sized(firstByte, lengthBytes, announced, payload));
        return this;
    }

    /** Masks the frames that follow with this key, if it is a client that sends them. */
    Script key(int key) {
        frames.key(key);
        return this;
    }

    // Steps.

    /** Writes what follows in pieces of so many octets. */
    Script pieces(int bytes) {
        flush();
        bytesPerWrite = bytes;
        return this;
    }

    /** Writes what came so far. */
    Script flush() {
        byte[] bytes = pending.toByteArray();
        pending.reset();
        for (int from = 0; from < bytes.length; ) {
            int to = (int) Math.min(bytes.length, (long) from + bytesPerWrite);
            steps.add(new Write(Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return this;
    }

    /** Writes what came so far, and waits for the answer to the latest ping. */
    Script awaitPong() {
        flush();
        steps.add(new AwaitPong(pings.getLast()));
        return this;
    }

    /** Writes what came so far, and waits until every message so far has come back. */
    Script awaitEchoes() {
        flush();
        steps.add(new AwaitEchoes(messages.count()));
        return this;
    }

    /** Takes back all octets that were not written yet but the first ones. */
    Script cutAfter(int bytes) {
        byte[] all = pending.toByteArray();
        pending.reset();
        pending.write(all, 0, bytes);
        return this;
    }

    /** Ends the stream of bytes. */
    Script endOfStream() {
        flush();
        steps.add(new EndOfStream());
        return this;
    }
}
