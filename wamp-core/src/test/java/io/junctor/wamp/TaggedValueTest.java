package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that only one binary serialization can express and that have an obvious form in others. */
class TaggedValueTest {
    private static final CodecFixture JSON = new CodecFixture(Serializer.JSON);

    // SER-09
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Date and time, date, seconds, days
                "c0 74 323031332d30332d32315432303a30343a30305a | \"2013-03-21T20:04:00Z\"",
                "d903ec 6a 323031332d30332d3231 | \"2013-03-21\"",
                "c1 1a514b67b0 | \"2013-03-21T20:04:00Z\"",
                "c1 fb41d452d9ec200000 | \"2013-03-21T20:04:00.500Z\"",
                "c1 20 | \"1969-12-31T23:59:59Z\"",
                "d864 193d92 | \"2013-02-26\"",
                // UUID, URI, regular expression
                "d825 50 00112233445566778899aabbccddeeff | \"00112233-4455-6677-8899-aabbccddeeff\"",
                "d820 61 61 | \"a\"",
                "d823 61 62 | \"b\"",
                // Octets and typed arrays
                "d7 41 ff | \"\\u0000/w==\"",
                "d818 41 00 | \"\\u0000AA==\"",
                "d840 42 0102 | \"\\u0000AQI=\"",
                "d844 41 01 | \"\\u0000AQ==\"",
                "d841 44 0001ffff | [1,65535]",
                "d845 44 0100ffff | [1,65535]",
                "d843 48 ffffffffffffffff | [18446744073709551615]",
                "d848 42 01ff | [1,-1]",
                "d84e 44 feffffff | [-2]",
                "d850 42 3e00 | [1.5]",
                "d851 44 3fc00000 | [1.5]",
                "d856 48 000000000000f83f | [1.5]",
                "d90102 82 01 02 | [1,2]",
                // Inside lists and dictionaries
                "a1 6161 81 c1 00 | {\"a\":[\"1970-01-01T00:00:00Z\"]}"
            })
    void taggedValuesOfCborAreConverted(String item, String json) throws UnrepresentableException {
        Payload payload = new CodecFixture(Serializer.CBOR)
                .decode("84 1846 01 a0 81" + item)
                .payload();
        assertThat(JSON.text(CodecFixture.CODECS.transcode(payload, Serializer.JSON)))
                .isEqualTo("[" + json + "]");
        Payload msgpack = CodecFixture.CODECS.transcode(payload, Serializer.MSGPACK);
        assertThat(JSON.text(CodecFixture.CODECS.transcode(msgpack, Serializer.JSON)))
                .isEqualTo("[" + json + "]");
    }

    // SER-09
    @ParameterizedTest
    @CsvSource({
        "d6ff 514b67b0, 2013-03-21T20:04:00Z",
        "d7ff 77359400514b67b0, 2013-03-21T20:04:00.500Z",
        "c70cff 1dcd6500 ffffffffffffffff, 1969-12-31T23:59:59.500Z"
    })
    void timestampsOfMessagePackBecomeText(String item, String text) throws UnrepresentableException {
        Payload payload = new CodecFixture(Serializer.MSGPACK)
                .decode("94 46 01 80 91" + item)
                .payload();
        assertThat(JSON.text(CodecFixture.CODECS.transcode(payload, Serializer.JSON)))
                .isEqualTo("[\"" + text + "\"]");
    }
}
