package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsCacheTest {
    private final Codecs codecs = new Codecs(CodecLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void equalBytesBecomeTheSameOptions(Serializer serializer) throws Exception {
        byte[] first = publish(serializer, 1, Map.of("acknowledge", true));
        byte[] second = publish(serializer, 2, Map.of("acknowledge", true));

        assertThat(options(serializer, second)).isSameAs(options(serializer, first));
    }

    @ParameterizedTest
    @EnumSource
    void decodedOptionsDoNotDependOnTheCache(Serializer serializer) throws Exception {
        List<Map<String, Object>> all = List.of(
                Map.of("_a", 1L),
                Map.of("_a", 11L),
                Map.of("_a", "1"),
                ordered("_a", 1L, "_b", 2L),
                ordered("_a", 1L, "_b", 2L, "_c", List.of()),
                Map.of("acknowledge", true),
                Map.of("acknowledge", false),
                Map.of());
        List<byte[]> messages = new ArrayList<>();
        for (Map<String, Object> options : all) {
            messages.add(publish(serializer, 7, options));
        }

        for (byte[] before : messages) {
            for (byte[] message : messages) {
                codecs.of(serializer).decodeFromClient(before);
                FromClient fresh =
                        new Codecs(CodecLimits.DEFAULT).of(serializer).decodeFromClient(message);
                assertThat(codecs.of(serializer).decodeFromClient(message))
                        .usingRecursiveComparison()
                        .isEqualTo(fresh);
            }
        }
    }

    private PublishMessageOptions options(Serializer serializer, byte[] message) {
        return ((Publish) codecs.of(serializer).decodeFromClient(message)).options();
    }

    private byte[] publish(Serializer serializer, long request, Map<String, Object> options) throws Exception {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>(options);
        Payload payload = codecs.payload(new Arguments(List.of("x"), Map.of()), serializer);
        return codecs.encode(
                new Publish(request, PublishMessageOptions.of(new Dict(entries)), new Uri("a.b"), payload), serializer);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return result;
    }
}
