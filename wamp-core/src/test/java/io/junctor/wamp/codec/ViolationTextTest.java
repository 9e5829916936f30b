package io.junctor.wamp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole texts about messages that cannot be decoded: each names what is wrong, where and the limit. */
class ViolationTextTest {
    private static final Codecs CODECS = new Codecs(new CodecLimits(1_000, 4, 10));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [48,1,{},"a"]xy       | CALL: 2 bytes after the end of the message, at byte 13
            [48,1,{},"a           | CALL: an unterminated string at byte 9
            [48,1,{}              | CALL: the message ends early at byte 8
            [48,1 {},"a"]         | CALL: expected ',' at byte 6
            [48,1,{1:2},"a"]      | CALL: expected a key at byte 7
            [48,1,{},"\\u0000AA=="] | CALL: Procedure must be a string, not octets (byte 9)
            [48,1,{"x":[[[[]]]]},"a"] | CALL: nesting deeper than the limit of 4 levels at byte 14
            """)
    void aFaultInJsonIsNamedWithItsPlace(String message, String text) {
        assertText(Serializer.JSON, message.getBytes(UTF_8), text);
    }

    @ParameterizedTest
    @CsvSource({
        "MSGPACK,94300181a178c1a161,CALL: a byte that MessagePack does not use at byte 6",
        "CBOR,84183001a161781c6161,CALL: a reserved CBOR head at byte 7",
        "CBOR,84183001a16178f8106161,CALL: an invalid CBOR simple value at byte 8",
        "CBOR,84183001a16178ff6161,CALL: a break outside of an indefinite-length item at byte 7",
        "CBOR,84183001a161787f4161ff6161,CALL: a chunk of another type in a string at byte 8"
    })
    void aFaultInOctetsIsNamedWithItsPlace(Serializer serializer, String hex, String text) {
        assertText(serializer, HexFormat.of().parseHex(hex), text);
    }

    private static void assertText(Serializer serializer, byte[] message, String text) {
        assertThat(problem(serializer, message)).isEqualTo(text);
    }

    private static String problem(Serializer serializer, byte[] message) {
        try {
            CODECS.of(serializer).decodeFromClient(message);
            return "no violation";
        } catch (ProtocolViolationException violation) {
            return violation.problem();
        }
    }
}
