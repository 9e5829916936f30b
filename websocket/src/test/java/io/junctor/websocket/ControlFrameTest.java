package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a server sends, read as a client reads it. */
class ControlFrameTest {
    private final FrameReader client = FrameReader.ofServerFrames(false);

    @Test
    void aClientReadsTheControlFramesOfAServer() throws Exception {
        assertThat(client.next(ByteBuffer.wrap(ControlFrame.ping()), 9)).isEqualTo(FrameReader.ReadResult.PING);
        assertThat(client.next(ByteBuffer.wrap(ControlFrame.pong(new byte[] {7})), 9))
                .isEqualTo(FrameReader.ReadResult.PONG);
        assertThat(client.controlPayload()).containsExactly(7);
        assertThat(client.next(ByteBuffer.wrap(ControlFrame.close(1001, "bye")), 9))
                .isEqualTo(FrameReader.ReadResult.CLOSE);
        assertThat(CloseCode.of(client.controlPayload())).isEqualTo(1001);
    }

    @Test
    void aReasonIsCutToFitAControlFrame() {
        byte[] payload = ControlFrame.closePayload(1008, "x".repeat(200));
        assertThat(new String(payload, 2, payload.length - 2, StandardCharsets.US_ASCII))
                .isEqualTo("x".repeat(123));
    }

    @Test
    void withoutACodeThePayloadIsEmpty() {
        assertThat(ControlFrame.closePayload(CloseCode.NO_STATUS_RECEIVED, "unused"))
                .isEmpty();
        assertThat(CloseCode.of(new byte[0])).isEqualTo(CloseCode.NO_STATUS_RECEIVED);
    }

    @Test
    void aMaskedFrameFromAServerIsAViolation() {
        assertThatThrownBy(() -> client.next(ByteBuffer.wrap(MaskedFrame.of(0x82, new byte[1])), 9))
                .isInstanceOf(FrameException.class)
                .hasMessage("frames from a server must not be masked");
    }
}
