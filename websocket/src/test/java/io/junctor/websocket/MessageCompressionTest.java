package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7692, section 7.2.3, and messages of any size and window. */
class MessageCompressionTest {
    private static final int LIMIT = 1 << 20;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);

    @AfterEach
    void endNativeMemory() {
        deflater.end();
        inflater.end();
    }

    @ParameterizedTest
    @CsvSource({
        "one compressed block, f248cdc9c90700",
        "a block without compression, 000500faff48656c6c6f00",
        "a final block and the byte that follows it, f348cdc9c9070000",
        "two blocks, f248050000 00ffffcac9c90700"
    })
    void theExamplesOfTheSpecificationAreDecompressed(String what, String hex) throws Exception {
        byte[] compressed = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(MessageCompression.inflate(inflater, compressed, LIMIT))
                .as(what)
                .asString()
                .isEqualTo("Hello");
    }

    @Test
    void theExampleOfTheSpecificationIsCompressed() {
        byte[] message = "Hello".getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(MessageCompression.deflate(deflater, message)))
                .isEqualTo("f248cdc9c90700");
    }

    @Test
    void everyMessageComesBack() throws Exception {
        Random random = new Random(1);
        for (int bytes : new int[] {0, 1, 125, 255, 256, 257, 511, 512, 1_000, 65_536, 200_000}) {
            byte[] message = new byte[bytes];
            random.nextBytes(message);
            for (int i = 0; i < bytes / 2; i++) {
                message[i] = (byte) (i % 7);
            }
            byte[] compressed = MessageCompression.deflate(deflater, message);
            deflater.reset();
            assertThat(MessageCompression.inflate(inflater, compressed, LIMIT)).isEqualTo(message);
            inflater.reset();
            assertThat(compressed.length).isLessThanOrEqualTo(MessageCompression.maxBytes(bytes));
        }
    }

    @Test
    void aMessageThatDecompressesBeyondTheLimitIsRefusedThere() {
        byte[] bomb = MessageCompression.deflate(deflater, new byte[50 << 20]);
        FrameException refusal =
                catchThrowableOfType(FrameException.class, () -> MessageCompression.inflate(inflater, bomb, LIMIT));
        assertThat(refusal.closeCode()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
        assertThat(inflater.getBytesWritten()).isEqualTo(LIMIT + 1);
    }

    @Test
    void aMessageAtTheLimitIsAccepted() throws Exception {
        byte[] compressed = MessageCompression.deflate(deflater, new byte[LIMIT]);
        assertThat(MessageCompression.inflate(inflater, compressed, LIMIT)).hasSize(LIMIT);
    }

    @Test
    void theLargestLimitIsNotExceededByTheRoomForHeaders() {
        assertThat(MessageCompression.maxBytes(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(MessageCompression.maxBytes(1 << 20)).isEqualTo((1 << 20) + (1 << 10) + 16);
    }

    @Test
    void bytesThatAreNotCompressedAreAFault() {
        byte[] garbage = {7, 7, 7, 7};
        FrameException refusal =
                catchThrowableOfType(FrameException.class, () -> MessageCompression.inflate(inflater, garbage, LIMIT));
        assertThat(refusal.closeCode()).isEqualTo(CloseCode.INVALID_PAYLOAD);
        assertThat(refusal.reason()).contains("permessage-deflate");
    }
}
