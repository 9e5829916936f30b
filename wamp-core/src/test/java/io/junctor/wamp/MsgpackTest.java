package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackTest {
    private static final CodecFixture WIRE = new CodecFixture(Serializer.MSGPACK);
    private static final String YIELD = "94 46 01 80 ";

    // SER-05
    @ParameterizedTest
    @CsvSource({
        "05, Long:5",
        "ff, Long:-1",
        "e0, Long:-32",
        "cc05, Long:5",
        "cd0005, Long:5",
        "ce00000005, Long:5",
        "cf0000000000000005, Long:5",
        "cfffffffffffffffff, BigInteger:18446744073709551615",
        "d0ff, Long:-1",
        "d1ffff, Long:-1",
        "d2ffffffff, Long:-1",
        "d3ffffffffffffffff, Long:-1",
        "d38000000000000000, Long:-9223372036854775808",
        "d07f, Long:127",
        "ca3fc00000, Double:1.5",
        "cb3ff8000000000000, Double:1.5",
        "c0, null",
        "d40000, null",
        "c2, Boolean:false",
        "c3, Boolean:true",
        "a161, String:a",
        "d90161, String:a",
        "da000161, String:a",
        "db0000000161, String:a",
        "c40101, octets:01",
        "c5000101, octets:01",
        "c60000000101, octets:01",
        "90, []",
        "dc0000, []",
        "dd0000000101, [Long:1]",
        "80, {}",
        "de0000, {}",
        "df00000001a16101, {String:a=Long:1}"
    })
    void allWidthsAreRead(String hex, String value) {
        assertThat(CanonicalText.of(WIRE.arguments(YIELD + "91" + hex))).isEqualTo("[" + value + "]");
    }

    // SER-10, PV-13
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "90",
                "80",
                "01",
                "c0",
                "a161",
                "94",
                "9446",
                "94460180",
                "93460180 00",
                "944601 80 91",
                "944601 80 91 c1",
                "944601 80 91 d9",
                "944601 80 91 d905 61",
                "944601 80 91 a261",
                "944601 80 91 c402 00",
                "944601 80 91 d5 00 00",
                "944601 80 91 c7",
                "944601 80 91 cb00",
                "944601 80 91 91",
                "944601 80 91 81 01",
                "944601 80 91 92 01",
                "9446 01 80 c1",
                "9446 01 81 01 02",
                "9446 01 80 91 00 00",
                "c1",
                "c7"
            })
    void invalidMessagePackAndInvalidMessagesAreRefused(String message) {
        WIRE.assertRefused(message);
    }

    // SER-02
    @ParameterizedTest
    @ValueSource(strings = {"a1ff", "a2c0af", "a3eda080", "a1c3", "a8 6161616161616180", "d901ff"})
    void invalidUtf8IsRefused(String text) {
        WIRE.assertRefused(YIELD + "91" + text).hasMessageContaining("UTF-8");
        WIRE.assertRefused("94 30 01 80" + text).hasMessageContaining("UTF-8");
        WIRE.assertRefused("94 46 01 81" + text + "01 90").hasMessageContaining("UTF-8");
    }

    // SER-07
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65535, cdffff",
        "65536, ce00010000",
        "2468013579, ce931ae60b",
        "4294967296, cf0000000100000000",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-128, d080",
        "-129, d1ff7f",
        "-32769, d2ffff7fff",
        "-2147483649, d3ffffffff7fffffff"
    })
    void integersAreWrittenInTheirShortestForm(long value, String hex) throws UnrepresentableException {
        assertThat(WIRE.written(value)).isEqualTo("91" + hex);
    }

    @Test
    void stringsOctetsAndListsAreWrittenInTheirShortestForm() throws UnrepresentableException {
        assertThat(WIRE.written("é".repeat(15) + "a")).startsWith("91bf");
        assertThat(WIRE.written("é".repeat(16))).startsWith("91d920");
        assertThat(WIRE.written("a".repeat(256))).startsWith("91da0100");
        assertThat(WIRE.written("a".repeat(65536))).startsWith("91db00010000");
        assertThat(WIRE.written((Object) new byte[255])).startsWith("91c4ff");
        assertThat(WIRE.written((Object) new byte[256])).startsWith("91c50100");
        assertThat(WIRE.written((Object) new byte[65536])).startsWith("91c600010000");
        assertThat(WIRE.written(Collections.nCopies(15, 0))).startsWith("919f");
        assertThat(WIRE.written(Collections.nCopies(16, 0))).startsWith("91dc0010");
        assertThat(WIRE.written(Collections.nCopies(65536, 0))).startsWith("91dd00010000");
        assertThat(WIRE.written(1.5, "😀")).isEqualTo("92cb3ff8000000000000a4f09f9880");
    }

    // SER-09
    @Test
    void valuesThatMessagePackCannotExpressAreRefused() throws UnrepresentableException {
        BigInteger largest = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        assertThat(WIRE.written(largest)).isEqualTo("91cfffffffffffffffff");
        WIRE.assertUnrepresentable(largest.add(BigInteger.ONE)).hasMessageContaining("64 bits");
        WIRE.assertUnrepresentable(BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE))
                .hasMessageContaining("64 bits");
        WIRE.assertUnrepresentable(new BigDecimal("1e400")).hasMessageContaining("decimal");
        WIRE.assertUnrepresentable("\uDC00").hasMessageContaining("surrogate");
    }

    // SER-08, SER-09: MessagePack has no decimals but floats
    @Test
    void decimalsThatAFloatHoldsAreFloatsAndAllOthersAreRefused() throws UnrepresentableException {
        for (String exact : List.of("0.1", "12.340", "-273.15", "1E+300", "0.1234567890123456")) {
            double same = Double.parseDouble(exact);
            assertThat(WIRE.written(new BigDecimal(exact)))
                    .isEqualTo("91cb" + HexFormat.of().toHexDigits(Double.doubleToLongBits(same)));
        }
        for (String rounded : List.of("0.12345678901234567890", "12345678901234567.1", "1E-400", "1e999999999")) {
            WIRE.assertUnrepresentable(new BigDecimal(rounded)).hasMessageContaining("more digits");
        }
    }

    // ID-01
    @ParameterizedTest
    @ValueSource(strings = {"cb3ff0000000000000", "ca3f800000", "cf0000000000000001", "d3 0000000000000001"})
    void anIdMayBeAFloatOfIntegralValueOrOfAnyWidth(String id) {
        assertThat(((Call) WIRE.decode("94 30" + id + "80 a161")).request()).isEqualTo(1);
        Publish publish = (Publish) WIRE.decode("94 10 01 81 a7 6578636c756465 91" + id + "a161");
        assertThat(publish.options().audience().exclude()).containsExactly(1L);
    }

    // ID-01, ID-10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cb3ff8000000000000",
                "cb7ff8000000000000",
                "cb7ff0000000000000",
                "cb4340000000000001",
                "cb0000000000000000",
                "00",
                "ff",
                "cf0020000000000001",
                "cfffffffffffffffff",
                "cf8000000000000001",
                "c3",
                "c0",
                "a131",
                "9101"
            })
    void invalidIdsAreRefused(String id) {
        WIRE.assertRefused("94 30" + id + "80 a161").hasMessageContaining("Request");
        WIRE.assertRefused("94 10 01 81 a7 6578636c756465 91" + id + "a161").hasMessageContaining("exclude");
    }

    // MSG-01, PV-13: a type code is an integer
    @Test
    void aTypeMayNotBeAFloat() {
        WIRE.assertRefused("93 cb4051800000000000 01 80").hasMessageContaining("type");
    }

    // MSG-05
    @Test
    void keysOfOptionsAndArgumentsKwAreStrings() {
        WIRE.assertRefused("93 46 01 81 01 01").hasMessageContaining("every key of Options must be a string");
        WIRE.assertRefused("95 46 01 80 90 81 01 01").hasMessageContaining("every key of ArgumentsKw must be a string");
        WIRE.assertRefused("95 46 01 80 90 81 c0 01").hasMessageContaining("ArgumentsKw");
        WIRE.assertRefused("95 46 01 80 90 81 c40161 01").hasMessageContaining("ArgumentsKw");
    }

    // MSG-05: the router does not check keys inside of values
    @Test
    void keysInsideOfArgumentsMayBeAnyScalar() {
        assertThat(WIRE.arguments(YIELD + "91 84 01 a161 c3 a162 c0 a163 cb3ff8000000000000 a164"))
                .containsExactly(Map.of("1", "a", "true", "b", "null", "c", "1.5", "d"));
    }

    // MSG-04
    @Test
    void undefinedIsAbsentInOptions() {
        assertThat(WIRE.decode("93 31 01 81 a4 6d6f6465 d40000").toString()).contains("KILL_NO_WAIT");
        assertThat(WIRE.decode("93 31 01 81 a4 6d6f6465 c0").toString()).contains("KILL_NO_WAIT");
        WIRE.assertRefused("93 31 01 81 a4 6d6f6465 d40001").hasMessageContaining("mode");
    }

    // SER-09
    @ParameterizedTest
    @ValueSource(
            strings = {
                "d4 01 00",
                "d4 ff 00",
                "d7 ff ffffffff00000000",
                "c7 00 05",
                "c8 0001 05 00",
                "c9 00000001 05 00",
                "d8 01 00000000000000000000000000000000"
            })
    void extensionsPassThroughButHaveNoValue(String extension) {
        String yield = YIELD + "91" + extension;
        assertThat(WIRE.text(WIRE.decode(yield).payload())).isEqualTo("91" + extension.replace(" ", ""));
        assertThatThrownBy(() -> WIRE.arguments(yield))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("extension");
        for (Serializer target : List.of(Serializer.JSON, Serializer.CBOR)) {
            assertThatThrownBy(() ->
                            CodecFixture.CODECS.transcode(WIRE.decode(yield).payload(), target))
                    .isInstanceOf(UnrepresentableException.class)
                    .hasMessageContaining("extension");
        }
    }
}
