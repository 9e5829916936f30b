package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnrepresentableTest {
    // SER-09
    @Test
    void theTextNamesThePositionOfAnArgument() {
        assertUnrepresentable(
                List.of("a", List.of(1, Map.of("deep", Double.NaN))),
                Map.of(),
                "argument 1: NaN and Infinity cannot be expressed in JSON");
    }

    // SER-09
    @Test
    void theTextNamesTheKeyOfAnArgumentIfTheKeyIsSimple() {
        assertUnrepresentable(
                List.of(), Map.of("rate", Double.NaN), "argument 'rate': NaN and Infinity cannot be expressed in JSON");
        assertUnrepresentable(
                List.of(),
                Map.of("a b", Double.NaN),
                "keyword argument 0: NaN and Infinity cannot be expressed in JSON");
    }

    // SER-09
    @Test
    void theTextNamesTheArgumentThatCannotBeTranscodedOrDecoded() {
        // The arguments are [1, [simple value 16]].
        byte[] bytes = HexFormat.of().parseHex("820181f0");
        Payload payload = Payload.of(Serializer.CBOR, Payload.ArgumentKinds.POSITIONAL, bytes, 0, bytes.length);
        assertThatThrownBy(() -> CodecFixture.CODECS.transcode(payload, Serializer.JSON))
                .isInstanceOf(UnrepresentableException.class)
                .hasMessage("argument 1: a CBOR simple value cannot be expressed in JSON");
        assertThatThrownBy(() -> CodecFixture.CODECS.arguments(payload))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessage("argument 1: a CBOR simple value cannot be decoded");
    }

    private static void assertUnrepresentable(
            List<@Nullable Object> positional, Map<String, @Nullable Object> keywords, String text) {
        assertThatThrownBy(() -> CodecFixture.CODECS.payload(new Arguments(positional, keywords), Serializer.JSON))
                .isInstanceOf(UnrepresentableException.class)
                .hasMessage(text);
    }
}
