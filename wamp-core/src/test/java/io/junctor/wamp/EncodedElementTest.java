package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.EncodedElement;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodedElementTest {
    private static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void elementsCanBePutIntoAMessageOfAnotherSerialization(Serializer target) throws UnrepresentableException {
        Arguments arguments = new Arguments(List.of(1L, "zwölf", List.of(2.5)), Map.of("k", Map.of("deep", true)));
        for (Serializer source : Serializer.values()) {
            List<EncodedElement> elements = CODECS.elements(CODECS.payload(arguments, source), target);
            Payload around = CODECS.payload(
                    Arguments.of("before", Map.of("args", elements.get(0), "kwargs", elements.get(1)), "behind"),
                    target);
            assertThat(CODECS.arguments(around).positional())
                    .isEqualTo(List.of(
                            "before",
                            Map.of("args", arguments.positional(), "kwargs", arguments.keywords()),
                            "behind"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void absentElementsAreOmitted(Serializer target) throws UnrepresentableException {
        assertThat(CODECS.elements(Payload.NONE, target)).isEmpty();
        assertThat(CODECS.elements(CODECS.payload(Arguments.of(1L), Serializer.JSON), target))
                .hasSize(1);
        Payload keywords = CODECS.payload(new Arguments(List.of(), Map.of("k", 1L)), Serializer.JSON);
        assertThat(CODECS.elements(keywords, target)).hasSize(2);
    }

    @Test
    void bytesOfTheSameSerializationAreNotChanged() throws UnrepresentableException {
        byte[] json = "[ 1.50, \"\\u0041\" ] , {\"k\" : 1e2}".getBytes(StandardCharsets.UTF_8);
        Payload payload = Payload.of(Serializer.JSON, Payload.ArgumentKinds.KEYWORDS, json, 0, json.length);
        Payload around = CODECS.payload(
                Arguments.of(CODECS.elements(payload, Serializer.JSON).toArray()), Serializer.JSON);
        assertThat(new String(around.bytes(), around.offset(), around.length(), StandardCharsets.UTF_8))
                .isEqualTo("[[ 1.50, \"\\u0041\" ],{\"k\" : 1e2}]");
    }

    @Test
    void anElementOfAnotherSerializationIsRefused() throws UnrepresentableException {
        List<EncodedElement> elements =
                CODECS.elements(CODECS.payload(Arguments.of(1L), Serializer.CBOR), Serializer.CBOR);
        assertThatThrownBy(() -> CODECS.payload(Arguments.of(elements.get(0)), Serializer.JSON))
                .isInstanceOf(UnrepresentableException.class);
    }
}
