package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.RouterId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which frames a router reads. */
class FrameTest {
    private static final int VERSION_AT = 1;
    private static final int LEAST_VERSION_AT = 2;

    private final byte[] bytes = Frame.whole(new RouterId(7), 5, "body".getBytes(UTF_8));

    @Test
    void aFrameComesAsItWent() {
        Frame frame = Objects.requireNonNull(Frame.read(bytes));
        assertThat(frame.from()).isEqualTo(new RouterId(7));
        assertThat(frame.sequence()).isEqualTo(5);
        assertThat(frame.part()).isZero();
        assertThat(frame.parts()).isEqualTo(1);
        assertThat(UTF_8.decode(frame.body()).toString()).isEqualTo("body");
    }

    @Test
    void aFrameOfTheFirstVersionIsRefused() {
        bytes[VERSION_AT] = 1;
        bytes[LEAST_VERSION_AT] = 1;
        assertThat(Frame.read(bytes)).isNull();
    }

    @Test
    void aFrameOfANewerVersionIsReadIfItMayBe() {
        bytes[VERSION_AT] = 99;
        assertThat(Frame.read(bytes)).isNotNull();
        bytes[LEAST_VERSION_AT] = 99;
        assertThat(Frame.read(bytes)).isNull();
    }
}
