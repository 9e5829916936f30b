package io.junctor.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixedKeyMapTest {
    private static final int MANY = 1 << 15;

    @Test
    void entriesKeepTheirOrderAndTheLastValueCounts() {
        MixedKeyMap entries = new MixedKeyMap(new LinkedHashMap<>(Map.of("first", 1L)));
        for (Object key : List.of(7L, "7", 7.0, BigInteger.TWO.pow(70), true)) {
            entries.put(key, "old");
            entries.put(key, key);
        }
        entries.put(null, "nothing");

        assertThat(entries.keySet()).containsExactly("first", 7L, "7", 7.0, BigInteger.TWO.pow(70), true, null);
        assertThat(entries.values()).containsExactly(1L, 7L, "7", 7.0, BigInteger.TWO.pow(70), true, "nothing");
    }

    @Test
    void keysOfTwoTypesWithOneHashArePassedOn() throws UnrepresentableException {
        Codecs codecs = new Codecs(CodecLimits.DEFAULT);
        Map<Object, Object> sent = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
            String text = Integer.toBinaryString(MANY + i).replace("0", "Aa").replace("1", "BB");
            sent.put(text, 1L);
            sent.put(((long) i << 32) | Integer.toUnsignedLong(text.hashCode() ^ i), 2L);
        }
        Payload payload = codecs.payload(Arguments.of(sent), Serializer.CBOR);

        Payload passedOn = codecs.transcode(codecs.transcode(payload, Serializer.MSGPACK), Serializer.CBOR);

        assertThat(sent.keySet().stream().map(Object::hashCode).distinct()).hasSize(1);
        assertThat(passedOn.length()).isEqualTo(payload.length());
    }
}
