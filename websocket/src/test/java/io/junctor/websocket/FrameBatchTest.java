package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameBatchTest {
    @Test
    void headersHaveTheThreeLengthsOfTheSpecification() {
        assertThat(copyAll(new FrameBatch(List.of(new byte[125]), true), 1_000)).startsWith(0x81, 125);
        assertThat(copyAll(new FrameBatch(List.of(new byte[126]), false), 1_000))
                .startsWith(0x82, 126, 0, 126);
        assertThat(copyAll(new FrameBatch(List.of(new byte[65_535]), false), 70_000))
                .startsWith(0x82, 126, 0xFF, 0xFF);
        assertThat(copyAll(new FrameBatch(List.of(new byte[65_536]), false), 70_000))
                .startsWith(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void chunksOfAnySizeAndGoingBackGiveTheSameBytes() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<byte[]> messages = messages(random);
            byte[] whole = copyAll(new FrameBatch(messages, true), 1_000_000);
            FrameBatch batch = new FrameBatch(messages, true);
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

    private static byte[] copyAll(FrameBatch batch, int chunkBytes) {
        ByteBuffer chunk = ByteBuffer.allocate(chunkBytes);
        batch.copyTo(chunk);
        byte[] bytes = new byte[chunk.flip().remaining()];
        chunk.get(bytes);
        return bytes;
    }

    private static byte[] copyHesitantly(FrameBatch batch, Random random) {
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
