package io.junctor.wamp.rawsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Serializer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RawSocketHandshakeTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theAnnouncedLengthIsThePowerOfTwoThatIsNotLongerThanTheLimit() {
        assertThat(octets(1 << 24)).isEqualTo("7ff20000");
        assertThat(octets(Integer.MAX_VALUE)).isEqualTo("7ff20000");
        assertThat(octets((1 << 20) - 1)).isEqualTo("7fa20000");
        assertThat(octets(1 << 20)).isEqualTo("7fb20000");
        assertThat(octets(100)).isEqualTo("7f020000");
    }

    @Test
    void octetsThatWereReadAreThoseThatWereWritten() {
        for (String octets : new String[] {"7f010000", "7ff30000", "7fb20102"}) {
            assertThat(HEX.formatHex(
                            RawSocketHandshake.read(HEX.parseHex(octets)).octets()))
                    .isEqualTo(octets);
        }
    }

    @Test
    void prefixesHoldTypeAndLength() {
        assertThat(FramePrefix.of(FramePrefix.PING, 5)).isEqualTo(0x01000005);
        assertThat(FramePrefix.of(FramePrefix.MESSAGE, 1 << 24)).isEqualTo(0x08000000);
        assertThat(FramePrefix.bytes(0x08000000)).isEqualTo(1 << 24);
        assertThat(FramePrefix.bytes(0x02FFFFFF)).isEqualTo((1 << 24) - 1);
        assertThat(FramePrefix.type(0x0A000000)).isEqualTo(FramePrefix.PONG);
        assertThat(FramePrefix.problem(0x0A000000)).isNull();
        assertThat(FramePrefix.problem(0x08000001)).contains("2^24");
        assertThat(FramePrefix.problem(0x03000000)).contains("type 3");
        assertThat(FramePrefix.problem(0x10000000)).contains("reserved");
    }

    private static String octets(int maxBytes) {
        return HEX.formatHex(RawSocketHandshake.of(maxBytes, Serializer.MSGPACK).octets());
    }
}
