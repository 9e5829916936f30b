package io.junctor.server.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.websocket.FrameHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageBatchTest {
    /** Headers of 2, 4 or 10 bytes, as those of WebSocket. */
    private static final Framing FRAMING = new Framing() {
        @Override
        public byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void skipMessages() {}

        @Override
        public int heldBytes() {
            return 0;
        }

        @Override
        public int headerBytes(int messageBytes) {
            return FrameHeader.bytes(messageBytes);
        }

        @Override
        public void putHeader(ByteBuffer out, int messageBytes) {
            FrameHeader.put(out, 0x81, messageBytes);
        }

        @Override
        public byte[] ping() {
            return new byte[0];
        }

        @Override
        public byte[] pong(byte[] payload) {
            return payload;
        }

        @Override
        public boolean answersEachPing() {
            return false;
        }
    };

    @Test
    void chunksOfAnySizeAndGoingBackGiveTheSameBytes() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<byte[]> messages = messages(random);
            byte[] whole = copyAll(new MessageBatch(messages, FRAMING), 1_000_000);
            MessageBatch batch = new MessageBatch(messages, FRAMING);
            assertThat(batch.bytesLeft()).isEqualTo(whole.length);
            assertThat(copyHesitantly(batch, random)).as("seed " + seed).isEqualTo(whole);
            assertThat(batch.isBetweenFrames()).isTrue();
        }
    }

    private static List<byte[]> messages(Random random) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] message = new byte[random.nextInt(random.nextInt(3) == 0 ? 70_000 : 300)];
            random.nextBytes(message);
            messages.add(message);
        }
        return messages;
    }

    private static byte[] copyAll(MessageBatch batch, int chunkBytes) {
        ByteBuffer chunk = ByteBuffer.allocate(chunkBytes);
        batch.copyTo(chunk);
        byte[] bytes = new byte[chunk.flip().remaining()];
        chunk.get(bytes);
        return bytes;
    }

    private static byte[] copyHesitantly(MessageBatch batch, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (batch.bytesLeft() > 0) {
            byte[] chunk = copyAll(batch, 1 + random.nextInt(random.nextBoolean() ? 12 : 9_000));
            int back = random.nextInt(3) == 0 ? random.nextInt(chunk.length) : 0;
            batch.rewind(back);
            out.write(chunk, 0, chunk.length - back);
        }
        return out.toByteArray();
    }
}
