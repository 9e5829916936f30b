package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpeningHandshakeTest {
    @Test
    void theAcceptHeaderIsThatOfTheSpecification() {
        assertThat(OpeningHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void aKeyHasSixteenBytes() {
        String key = OpeningHandshake.newKey(new SplittableRandom(7));
        assertThat(Base64.getDecoder().decode(key)).hasSize(16);
    }
}
