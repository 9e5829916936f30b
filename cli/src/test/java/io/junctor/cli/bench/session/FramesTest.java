package io.junctor.cli.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 200_000})
    void aFrameIsMaskedAndTellsItsLength(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        WriteBuffer outgoing = new WriteBuffer();
        TargetRouter target = new TargetRouter(URI.create("ws://127.0.0.1/"), new Uri("realm1"), Serializer.MSGPACK);
        Framing framing = new WebSocketFraming(target, new SplittableRandom(7), null);
        framing.message(new byte[3], outgoing);
        framing.message(content, outgoing);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        assertThat(outgoing.writeTo(Channels.newChannel(written))).isTrue();

        ByteBuffer bytes = ByteBuffer.wrap(written.toByteArray());
        assertThat(unmasked(bytes)).containsOnly(0).hasSize(3);
        assertThat(unmasked(bytes)).isEqualTo(content);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(outgoing.isEmpty()).isTrue();
    }

    private static byte[] unmasked(ByteBuffer frame) {
        assertThat(frame.get()).isEqualTo((byte) 0x82);
        int length = frame.get() & 0x7F;
        if (length == 126) {
            length = Short.toUnsignedInt(frame.getShort());
        } else if (length == 127) {
            length = Math.toIntExact(frame.getLong());
        }
        byte[] mask = new byte[4];
        frame.get(mask);
        byte[] content = new byte[length];
        frame.get(content);
        for (int i = 0; i < length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }
}
