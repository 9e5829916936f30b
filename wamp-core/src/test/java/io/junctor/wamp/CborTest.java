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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    private static final CodecFixture WIRE = new CodecFixture(Serializer.CBOR);
    private static final String YIELD = "84 18 46 01 a0 ";

    // SER-06: the examples of RFC 8949, appendix A, among them
    @ParameterizedTest
    @CsvSource({
        "00, Long:0",
        "17, Long:23",
        "1800, Long:0",
        "190000, Long:0",
        "1a00000000, Long:0",
        "1b0000000000000005, Long:5",
        "1bffffffffffffffff, BigInteger:18446744073709551615",
        "20, Long:-1",
        "3bffffffffffffffff, BigInteger:-18446744073709551616",
        "3b7fffffffffffffff, Long:-9223372036854775808",
        "3b8000000000000000, BigInteger:-9223372036854775809",
        "c249010000000000000000, BigInteger:18446744073709551616",
        "c349010000000000000000, BigInteger:-18446744073709551617",
        "c240, Long:0",
        "c24105, Long:5",
        "c25f41014100ff, Long:256",
        "c48221196ab3, BigDecimal:273.15",
        "f90000, Double:0.0",
        "f98000, Double:-0.0",
        "f93e00, Double:1.5",
        "f90001, Double:5.960464477539063E-8",
        "f97bff, Double:65504.0",
        "f97c00, Double:Infinity",
        "f97e00, Double:NaN",
        "fa47c35000, Double:100000.0",
        "fb3ff199999999999a, Double:1.1",
        "f4, Boolean:false",
        "f5, Boolean:true",
        "f6, null",
        "f7, null",
        "60, String:",
        "62c3bc, String:ü",
        "780161, String:a",
        "7f6161616260ff, String:ab",
        "7fff, String:",
        "4101, octets:01",
        "580101, octets:01",
        "5f42010243030405ff, octets:0102030405",
        "80, []",
        "9fff, []",
        "9f0102ff, '[Long:1,Long:2]'",
        "9b000000000000000101, [Long:1]",
        "a0, {}",
        "bfff, {}",
        "bf6161019f616202ff, ",
        "bf616101616202ff, '{String:a=Long:1,String:b=Long:2}'",
        "d9d9f705, Long:5"
    })
    void allFormsAreRead(String hex, String value) {
        if (value == null) {
            WIRE.assertRefused(YIELD + "81" + hex);
        } else {
            assertThat(CanonicalText.of(WIRE.arguments(YIELD + "81" + hex))).isEqualTo("[" + value + "]");
        }
    }

    // SER-06
    @Test
    void theMessageMayHaveIndefiniteLengthAndTheSelfDescribedTag() {
        Call call = (Call) WIRE.decode("d9d9f7 9f 1830 01 bfff 7f 61 61 62 2e 62 ff 9f 01 ff bf 61 61 01 ff ff");
        assertThat(call.procedure().text()).isEqualTo("a.b");
        assertThat(WIRE.text(call.payload())).isEqualTo("9f01ffbf616101ff");
        assertThat(CodecFixture.CODECS.arguments(call.payload()).keywords()).isEqualTo(Map.of("a", 1L));
    }

    // SER-10, PV-13
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "a0",
                "01",
                "f6",
                "9f",
                "9fff",
                "9f 1846 01 a0",
                "d9d9f7",
                "d9d9f6 83 1846 01 a0",
                "d9d9f7 d9d9f7 83 1846 01 a0",
                "83 1846 01",
                "83 1846 01 a0 00",
                "84 1846 01 a0 81",
                "84 1846 01 a0 81 1c",
                "84 1846 01 a0 81 1f",
                "84 1846 01 a0 81 3f",
                "84 1846 01 a0 81 df00",
                "84 1846 01 a0 81 ff",
                "84 1846 01 a0 81 5e",
                "84 1846 01 a0 81 f800",
                "84 1846 01 a0 81 f81f",
                "84 1846 01 a0 81 fc",
                "84 1846 01 a0 81 f9 00",
                "84 1846 01 a0 81 62 61",
                "84 1846 01 a0 81 5f 6161 ff",
                "84 1846 01 a0 81 7f 4161 ff",
                "84 1846 01 a0 81 7f 7fff ff",
                "84 1846 01 a0 81 7f 01 ff",
                "84 1846 01 a0 81 7f 61 61",
                "84 1846 01 a0 81 bf 01 ff",
                "84 1846 01 a0 81 9f 01",
                "84 1846 01 a0 81 a1 01",
                "84 1846 01 a0 81 c2",
                "84 1846 01 a0 81 9b ffffffffffffffff",
                "84 1846 01 a0 81 bb 8000000000000000",
                "ff",
                "1a00"
            })
    void invalidCborAndInvalidMessagesAreRefused(String message) {
        WIRE.assertRefused(message);
    }

    // SER-02
    @ParameterizedTest
    @ValueSource(strings = {"61ff", "62c0af", "63eda080", "7f61c361bcff", "6861616161616161c3"})
    void invalidUtf8IsRefused(String text) {
        WIRE.assertRefused(YIELD + "81" + text).hasMessageContaining("UTF-8");
        WIRE.assertRefused("84 18 30 01 a0" + text).hasMessageContaining("UTF-8");
    }

    // SER-06, SER-07
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65536, 1a00010000",
        "2468013579, 1a931ae60b",
        "4294967296, 1b0000000100000000",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-257, 390100",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void integersAreWrittenInTheirShortestForm(long value, String hex) throws UnrepresentableException {
        assertThat(WIRE.written(value)).isEqualTo("81" + hex);
    }

    // SER-06
    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.5, f93e00",
        "65504.0, f97bff",
        "65505.0, fa477fe100",
        "5.960464477539063E-8, f90001",
        "100000.0, fa47c35000",
        "3.4028234663852886E38, fa7f7fffff",
        "1.1, fb3ff199999999999a",
        "1.0E300, fb7e37e43c8800759c",
        "Infinity, f97c00",
        "NaN, f97e00"
    })
    void floatsAreWrittenInTheShortestExactForm(double value, String hex) throws UnrepresentableException {
        assertThat(WIRE.written(value)).isEqualTo("81" + hex);
    }

    // SER-08
    @Test
    void bigNumbersAndDecimalsAreWrittenWithTheirTags() throws UnrepresentableException {
        BigInteger beyond = BigInteger.TWO.pow(64);
        assertThat(WIRE.written(beyond.subtract(BigInteger.ONE))).isEqualTo("811bffffffffffffffff");
        assertThat(WIRE.written(beyond)).isEqualTo("81c249010000000000000000");
        assertThat(WIRE.written(beyond.negate())).isEqualTo("813bffffffffffffffff");
        assertThat(WIRE.written(beyond.negate().subtract(BigInteger.ONE))).isEqualTo("81c349010000000000000000");
        assertThat(WIRE.written(new BigDecimal("273.15"))).isEqualTo("81c48221196ab3");
        assertThat(WIRE.written(new BigDecimal("1E+400"))).isEqualTo("81c48219019001");
    }

    // ID-01
    @ParameterizedTest
    @ValueSource(strings = {"fb3ff0000000000000", "fa3f800000", "f93c00", "1b0000000000000001", "1801"})
    void anIdMayBeAFloatOfIntegralValueOrOfAnyWidth(String id) {
        assertThat(((Call) WIRE.decode("84 1830" + id + "a0 6161")).request()).isEqualTo(1);
        Publish publish = (Publish) WIRE.decode("84 10 01 a1 67 6578636c756465 81" + id + "6161");
        assertThat(publish.options().audience().exclude()).containsExactly(1L);
    }

    // ID-01, ID-10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fb3ff8000000000000",
                "f97e00",
                "f97c00",
                "fb4340000000000001",
                "00",
                "20",
                "1b0020000000000001",
                "1bffffffffffffffff",
                "3bffffffffffffffff",
                "f5",
                "f6",
                "6131",
                "8101",
                "c24101"
            })
    void invalidIdsAreRefused(String id) {
        WIRE.assertRefused("84 1830" + id + "a0 6161").hasMessageContaining("Request");
    }

    // MSG-04
    @Test
    void undefinedIsAbsentInOptions() {
        assertThat(WIRE.decode("83 1831 01 a1 64 6d6f6465 f7").toString()).contains("KILL_NO_WAIT");
        WIRE.assertRefused("83 1831 01 a1 64 6d6f6465 f0").hasMessageContaining("mode");
    }

    // MSG-05
    @Test
    void keysOfOptionsAndArgumentsKwAreStrings() {
        WIRE.assertRefused("83 1846 01 a1 01 01").hasMessageContaining("every key of Options must be a string");
        WIRE.assertRefused("85 1846 01 a0 80 a1 01 01")
                .hasMessageContaining("every key of ArgumentsKw must be a string");
        WIRE.assertRefused("85 1846 01 a0 80 bf 01 01 ff").hasMessageContaining("ArgumentsKw");
    }

    // SER-09
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0 01",
                "c1 6161",
                "d82a 6161",
                "d84c 4100",
                "d841 4100",
                "d853 50 00000000000000000000000000000000",
                "f0",
                "f8ff",
                "c2 01",
                "c4 81 01",
                "c4 82 1b8000000000000000 01",
                "a1 80 01"
            })
    void unsupportedValuesAreForwardedButNotDecoded(String item) {
        String yield = YIELD + "81" + item;
        assertThat(WIRE.text(WIRE.decode(yield).payload())).isEqualTo("81" + item.replace(" ", ""));
        assertThatThrownBy(() -> WIRE.arguments(yield)).isInstanceOf(ProtocolViolationException.class);
        for (Serializer target : List.of(Serializer.JSON, Serializer.MSGPACK)) {
            assertThatThrownBy(() ->
                            CodecFixture.CODECS.transcode(WIRE.decode(yield).payload(), target))
                    .isInstanceOf(UnrepresentableException.class)
                    .hasMessageMatching("argument 0: .* cannot be expressed in (JSON|MSGPACK)");
        }
    }
}
