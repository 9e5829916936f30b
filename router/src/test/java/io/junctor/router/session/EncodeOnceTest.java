package io.junctor.router.session;

import static io.junctor.router.session.ScriptedConnection.CODECS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.value.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodeOnceTest {
    @ParameterizedTest
    @EnumSource(Serializer.class)
    void allReceiversOfASerializationGetOneArray(Serializer serializer) throws Unrepresentable {
        EncodeOnce event = new EncodeOnce(Samples.event(7, Samples.ofBytes(20)), 3);

        byte[] bytes = event.bytes(CODECS, serializer);

        assertThat(event.bytes(CODECS, serializer)).isSameAs(bytes);
        assertThat(bytes).isEqualTo(CODECS.encode(event.event(), serializer));
    }

    @Test
    void formThatOneSerializationLacksCostsTheOthersNothing() throws Unrepresentable {
        EncodeOnce event = new EncodeOnce(Samples.event(7, Samples.BEYOND_MESSAGEPACK), 3);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> event.bytes(CODECS, Serializer.MSGPACK)).isInstanceOf(Unrepresentable.class);
        }
        assertThat(event.bytes(CODECS, Serializer.JSON)).isNotEmpty();
        assertThat(event.bytes(CODECS, Serializer.CBOR)).isNotEmpty();
    }

    @Test
    void bytesAreDividedAmongTheReceiversAndAnEmptyAudienceDividesByOne() {
        assertThat(new EncodeOnce(Samples.event(7, Samples.ofBytes(1_000)), 3).bytesPerReceiver())
                .isEqualTo(333);
        assertThat(new EncodeOnce(Samples.event(7, Samples.ofBytes(1_000)), 0).bytesPerReceiver())
                .isEqualTo(1_000);
    }
}
