package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others encode we read as they meant it, and write as one of them does. */
class VectorTest {
    private static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);
    private static final Set<Integer> FROM_CLIENT = Set.of(1, 5, 16, 32, 34, 48, 49, 64, 66, 70);

    static Stream<Named<JsonNode>> encodings() {
        return TestVectors.of("encoding");
    }

    static Stream<Named<JsonNode>> validations() {
        return TestVectors.of("validation");
    }

    // TV-01, SER-01, SER-05, SER-06, SER-07, SER-12
    @ParameterizedTest
    @MethodSource("encodings")
    void allVariantsAreOneMessageAndOursIsOneOfThem(JsonNode sample) throws UnrepresentableException {
        String expected = null;
        for (Serializer serializer : Serializer.values()) {
            List<byte[]> variants = TestVectors.variants(sample, serializer);
            for (byte[] variant : variants) {
                Message message = decode(sample, serializer, variant);
                String meaning = CanonicalText.of(message, CODECS);
                assertThat(meaning).isEqualTo(expected == null ? meaning : expected);
                expected = meaning;
                assertThat(variants.stream().map(HexFormat.of()::formatHex))
                        .as("%s bytes", serializer)
                        .contains(HexFormat.of().formatHex(ours(message, serializer)));
            }
        }
        assertThat(expected).isNotNull();
    }

    // SER-08, SER-12
    @ParameterizedTest
    @MethodSource("encodings")
    void aTranscodedMessageMeansTheSame(JsonNode sample) throws UnrepresentableException {
        for (Serializer source : Serializer.values()) {
            Message message =
                    decode(sample, source, TestVectors.variants(sample, source).getFirst());
            for (Serializer target : Serializer.values()) {
                Message arrived = decode(sample, target, CODECS.encode(message, target));
                assertThat(CanonicalText.of(arrived, CODECS))
                        .as("from %s to %s", source, target)
                        .isEqualTo(CanonicalText.of(message, CODECS));
            }
        }
    }

    // TV-02, TV-03, TV-04, MSG-02, MSG-04, PV-13
    @ParameterizedTest
    @MethodSource("validations")
    void whatIsWrongIsRefusedByNameAndTheRestAccepted(JsonNode sample) {
        for (Serializer serializer : Serializer.values()) {
            byte[] encoded = ReferenceEncoders.encode(sample.get("message"), serializer);
            if (sample.path("violation").asBoolean()) {
                assertThatThrownBy(() -> decode(sample, serializer, encoded))
                        .isInstanceOf(ProtocolViolationException.class)
                        .hasMessageContaining(sample.path("about").asText());
            } else {
                assertThat(decode(sample, serializer, encoded).code())
                        .isEqualTo(sample.path("code").asInt());
            }
        }
    }

    /** Encodes the values again, as the payload would pass through as it came. */
    private static byte[] ours(Message message, Serializer serializer) throws UnrepresentableException {
        Serializer detour = serializer == Serializer.CBOR ? Serializer.MSGPACK : Serializer.CBOR;
        byte[] elsewhere = CODECS.encode(message, detour);
        Codec codec = CODECS.of(detour);
        Message arrived = FROM_CLIENT.contains(message.code())
                ? codec.decodeFromClient(elsewhere)
                : codec.decodeFromRouter(elsewhere);
        return CODECS.encode(arrived, serializer);
    }

    private static Message decode(JsonNode sample, Serializer serializer, byte[] bytes) {
        Codec codec = CODECS.of(serializer);
        return FROM_CLIENT.contains(sample.path("code").asInt())
                ? codec.decodeFromClient(bytes)
                : codec.decodeFromRouter(bytes);
    }
}
