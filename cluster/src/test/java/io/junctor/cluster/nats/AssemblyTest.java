package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.RouterId;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which messages are assembled from their parts. */
class AssemblyTest {
    private static final int MOST_BYTES = 100;

    private final Assembly assembly = new Assembly(MOST_BYTES);

    @Test
    void partsThatFollowEachOtherFormAMessage() {
        assertThat(add(1, 7, 0, 2, 60)).isNull();
        assertThat(add(2, 1, 0, 2, 10)).isNull();
        assertThat(add(1, 8, 1, 2, 40)).hasSize(100);
        assertThat(add(2, 2, 1, 2, 20)).hasSize(30);
    }

    @Test
    void aMessageWithoutOneOfItsPartsIsDropped() {
        assertThat(add(1, 7, 0, 3, 10)).isNull();
        assertThat(add(1, 9, 2, 3, 10)).isNull();
        assertThat(add(1, 10, 1, 3, 10)).isNull();
        assertThat(add(1, 11, 0, 1, 10)).hasSize(10);
    }

    @Test
    void aMessageThatIsTooLargeIsDropped() {
        assertThat(add(1, 1, 0, 2, 60)).isNull();
        assertThat(add(1, 2, 1, 2, 41)).isNull();
    }

    @Test
    void allIncompleteMessagesTogetherAreBounded() {
        assertThat(add(1, 1, 0, 3, 30)).isNull();
        assertThat(add(2, 1, 0, 2, 40)).isNull();
        assertThat(add(1, 2, 1, 3, 30)).isNull();
        // The message of router 2 has waited for longest.
        assertThat(add(3, 1, 0, 2, 40)).isNull();
        assertThat(add(2, 2, 1, 2, 10)).isNull();
        assertThat(add(1, 3, 2, 3, 10)).hasSize(70);
        assertThat(add(3, 2, 1, 2, 60)).hasSize(100);
    }

    private byte @Nullable [] add(long router, long sequence, int part, int parts, int bytes) {
        byte[] frame = Frame.part(new RouterId(router), sequence, part, parts, ByteBuffer.allocate(bytes));
        return assembly.add(Objects.requireNonNull(Frame.read(frame)));
    }
}
