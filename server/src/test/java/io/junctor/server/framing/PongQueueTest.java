package io.junctor.server.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PongQueueTest {
    private static final int CHUNK_BYTES = 1 << 16;

    private final PongQueue queue = new PongQueue();

    @Test
    void bytesLeaveInTheOrderInWhichTheyCame() {
        long seed = 7;
        Random random = new Random(seed);
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            byte[] frame = new byte[random.nextInt(300)];
            random.nextBytes(frame);
            queue.add(frame);
            added.writeBytes(frame);
            taken.writeBytes(queue.take(random.nextInt(310)));
            assertThat(queue.size()).isEqualTo(added.size() - taken.size());
        }
        taken.writeBytes(queue.take(Integer.MAX_VALUE));
        assertThat(taken.toByteArray()).as("seed " + seed).isEqualTo(added.toByteArray());
    }

    @Test
    void takingAChunkLeavesTheOthersWhereTheyAre() {
        queue.add(new byte[16 * CHUNK_BYTES]);
        int heldBytes = queue.heldBytes();
        for (int left = 15; left > 0; left--) {
            assertThat(queue.take(CHUNK_BYTES)).hasSize(CHUNK_BYTES);
            assertThat(queue.size()).isEqualTo(left * CHUNK_BYTES);
            assertThat(queue.heldBytes()).isEqualTo(heldBytes);
        }
        queue.take(CHUNK_BYTES);
        assertThat(queue.heldBytes()).isZero();
    }

    @Test
    void atMostTwiceWhatWaitsIsHeldAfterAFrameWasAdded() {
        for (int i = 0; i < 5_000; i++) {
            queue.add(new byte[100]);
            assertThat(queue.heldBytes()).isLessThanOrEqualTo(2 * queue.size() + 200);
            if (i % 3 == 0) {
                queue.take(150);
            }
        }
    }

    @Test
    void clearingForgetsEverything() {
        queue.add(new byte[] {1, 2, 3});
        queue.clear();
        queue.add(new byte[] {4});
        assertThat(queue.take(10)).containsExactly(4);
        assertThat(queue.heldBytes()).isZero();
    }
}
