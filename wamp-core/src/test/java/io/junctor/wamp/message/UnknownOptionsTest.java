package io.junctor.wamp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownOptionsTest {
    private static final Codec JSON = new Codecs(CodecLimits.DEFAULT).of(Serializer.JSON);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[16,1,{\"acknowledge\":true?},\"a\",[1]]",
                "[48,1,{\"timeout\":5?},\"a\",[1]]",
                "[32,1,{\"match\":\"prefix\"?},\"a\"]",
                "[64,1,{\"match\":\"prefix\"?},\"a\"]",
                "[49,1,{\"mode\":\"skip\"?}]",
                "[70,1,{\"progress\":true?},[1]]",
                "[8,68,1,{\"ppt_scheme\":\"x_a\"?},\"a\",[1]]"
            })
    void unknownOptionsAreLeftOut(String message) {
        FromClient plain = read(message.replace("?", ""));
        FromClient filled = read(message.replace("?", ",\"x_unknown\":[" + "{\"a\":{}},".repeat(400) + "1]"));

        assertThat(filled).isNotEqualTo(plain);
        assertThat(filled.withoutExtra())
                .usingRecursiveComparison()
                .ignoringFields("payload")
                .isEqualTo(plain);
        assertThat(plain.withoutExtra()).isSameAs(plain);
    }

    @Test
    void forwardForIsLeftOut() {
        FromClient call = read("[48,1,{\"forward_for\":[{\"session\":1,\"authid\":\"a\",\"authrole\":\"b\"}]},\"a\"]");

        assertThat(((Call) call.withoutExtra()).options().forwardFor()).isEmpty();
    }

    private static FromClient read(String message) {
        return JSON.decodeFromClient(message.getBytes(StandardCharsets.UTF_8));
    }
}
