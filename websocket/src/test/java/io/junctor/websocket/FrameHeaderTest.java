package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
    @Test
    void headersHaveTheThreeLengthsOfTheSpecification() {
        assertThat(header(0x81, 125)).containsExactly(0x81, 125);
        assertThat(header(0x82, 126)).containsExactly(0x82, 126, 0, 126);
        assertThat(header(0x82, 65_535)).containsExactly(0x82, 126, 0xFF, 0xFF);
        assertThat(header(0x82, 65_536)).containsExactly(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    private static byte[] header(int firstByte, int payloadBytes) {
        ByteBuffer out = ByteBuffer.allocate(20);
        FrameHeader.put(out, firstByte, payloadBytes);
        assertThat(out.position()).isEqualTo(FrameHeader.bytes(payloadBytes));
        return Arrays.copyOf(out.array(), out.position());
    }
}
