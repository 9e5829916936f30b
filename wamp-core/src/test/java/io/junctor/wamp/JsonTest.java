package io.junctor.wamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final CodecFixture WIRE = new CodecFixture(Serializer.JSON);
    private static final String MARK = "\\u0000";

    // SER-10, PV-13
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "]",
                "[]",
                "{}",
                "1",
                "null",
                "[70",
                "[70,",
                "[70,1",
                "[70,1,{}",
                "[70,1,{},]",
                "[,70,1,{}]",
                "[70 1,{}]",
                "[70,1,{}]]",
                "[70,1,{}] x",
                "[70,1,{}],",
                "[70,,1,{}]",
                "[70,1,{},[1,]]",
                "[70,1,{},[,1]]",
                "[70,1,{},[1 2]]",
                "[70,1,{},[],{,}]",
                "[70,1,{},[],{\"a\"}]",
                "[70,1,{},[],{\"a\":}]",
                "[70,1,{},[],{\"a\":1,}]",
                "[70,1,{},[],{a:1}]",
                "[70,1,{},[],{1:1}]",
                "[70,1,{},['a']]",
                "[70,1,{},[[}]]",
                "[70,1,{},[{]}]",
                "[70,1,{},[/*x*/]]",
                "[70,1,{},[\"a]]",
                "\uFEFF[70,1,{}]",
                "[70,1,{\"a\":[1}]"
            })
    void invalidJsonAndInvalidMessagesAreRefused(String message) {
        WIRE.assertRefused(message);
    }

    @Test
    void whiteSpaceMayStandBetweenAnyTwoTokens() {
        assertThat(WIRE.decode(" \t\r\n[ 48 , 1 , { } , \"a.b\" , [ 1 , { \"a\" : [ ] } ] ] \n"))
                .isInstanceOfSatisfying(
                        Call.class,
                        call -> assertThat(WIRE.text(call.payload())).isEqualTo("[ 1 , { \"a\" : [ ] } ]"));
    }

    // SER-08
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "0x1",
                "1_0",
                "--1",
                "1.e1",
                "1.5.5",
                "1ee1",
                "Infinity",
                "1f"
            })
    void malformedNumbersAreRefused(String number) {
        WIRE.assertRefused("[70,1,{},[" + number + "]]");
    }

    // SER-08, ID-10: no number loses a digit
    @ParameterizedTest
    @CsvSource({
        "0, Long:0",
        "-0, Long:0",
        "-1, Long:-1",
        "9223372036854775807, Long:9223372036854775807",
        "9223372036854775808, BigInteger:9223372036854775808",
        "-9223372036854775808, Long:-9223372036854775808",
        "-9223372036854775809, BigInteger:-9223372036854775809",
        "18446744073709551615, BigInteger:18446744073709551615",
        "1.0, Double:1.0",
        "-0.0, Double:-0.0",
        "1e2, Double:100.0",
        "0.1, Double:0.1",
        "0.10000000000000001, Double:0.1",
        "0.1000000000000000055511151231257827, Double:0.1",
        "0.30000000000000004, Double:0.30000000000000004",
        "1.7976931348623157e308, Double:1.7976931348623157E308",
        "4.9E-324, Double:4.9E-324",
        "0.12345678901234567890, BigDecimal:0.12345678901234567890",
        "12345678901234567890.5, BigDecimal:12345678901234567890.5",
        "1e400, BigDecimal:1E+400",
        "1e-400, BigDecimal:1E-400"
    })
    void numbersAreExact(String number, String value) {
        assertThat(CanonicalText.of(WIRE.arguments("[70,1,{},[" + number + "]]")))
                .isEqualTo("[" + value + "]");
    }

    // SER-11
    @Test
    void numbersOverTheLimitAreForwardedUndecoded() {
        for (String number : List.of("1".repeat(1001), "1e99999999999")) {
            String yield = "[70,1,{},[" + number + "]]";
            assertThat(WIRE.text(WIRE.decode(yield).payload())).isEqualTo("[" + number + "]");
            assertThatThrownBy(() -> WIRE.arguments(yield)).isInstanceOf(ProtocolViolationException.class);
        }
    }

    // SER-08
    @Test
    void numbersAreWrittenWithoutLoss() throws UnrepresentableException {
        assertThat(WIRE.written(1, (short) 2, (byte) 3, 4L, 1.0, 0.5f, 0.1f, -0.0, 1e300))
                .isEqualTo("[1,2,3,4,1.0,0.5,0.1,-0.0,1.0E300]");
        assertThat(WIRE.written(new BigInteger("18446744073709551615"), new BigDecimal("0.12345678901234567890")))
                .isEqualTo("[18446744073709551615,0.12345678901234567890]");
        assertThat(WIRE.written(0L, 9L, 10L, 99L, 100L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53))
                .isEqualTo("[0,9,10,99,100,9223372036854775807,-9223372036854775808,9007199254740992]");
    }

    // SER-09
    @Test
    void valuesThatJsonCannotExpressAreRefused() {
        WIRE.assertUnrepresentable(Double.NaN).hasMessageContaining("NaN");
        WIRE.assertUnrepresentable(Float.NEGATIVE_INFINITY).hasMessageContaining("Infinity");
        WIRE.assertUnrepresentable("\u0000text").hasMessageContaining("U+0000");
        WIRE.assertUnrepresentable("a\uD800").hasMessageContaining("surrogate");
        WIRE.assertUnrepresentable(Map.of(List.of(), 1)).hasMessageContaining("key");
        WIRE.assertUnrepresentable(new Object()).hasMessageContaining("java.lang.Object");
    }

    // SER-02
    @Test
    void stringsMayBeRawOrEscaped() {
        assertThat(
                        WIRE.arguments(
                                "[70,1,{},[\"\\u00e9\\u20AC\\ud83d\\uDE00\", \"é€😀\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"]]"))
                .containsExactly("é€😀", "é€😀", "\"\\/\b\f\n\r\tA");
    }

    // SER-02
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\ud83dx",
                "\\ud83d\\u0041",
                "\\ud83d\\ud83d",
                "\\ude00",
                "\\ud83d\\",
                "\\u12",
                "\\u12g4",
                "\\x41",
                "\\",
                "\\u",
                "\\U0041",
                "a\tb",
                "\u0000",
                "a\nb",
                "0123456789\u001f",
                "01234567\\ude00"
            })
    void invalidEscapesSurrogatesAndControlCharactersInTheEnvelopeAreRefused(String text) {
        WIRE.assertRefused("[70,1,{\"" + text + "\":1}]");
        WIRE.assertRefused("[48,1,{},\"" + text + "\"]");
    }

    // SER-02
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c27f",
                "e08080",
                "e0a0",
                "e0a07f",
                "ed a0 80",
                "ed bf bf",
                "ee80",
                "f0808080",
                "f0908080 80",
                "f09080",
                "f4908080",
                "f5808080",
                "f8888080 80",
                "fe",
                "ff",
                "41414141414141 80"
            })
    void invalidUtf8IsRefusedEverywhere(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] close = "\"]]".getBytes(UTF_8);
        WIRE.assertRefused(CodecFixture.join("[70,1,{},[\"".getBytes(UTF_8), bad, close))
                .hasMessageContaining("UTF-8");
        WIRE.assertRefused(CodecFixture.join("[70,1,{},[\"\\n".getBytes(UTF_8), bad, close))
                .hasMessageContaining("UTF-8");
        WIRE.assertRefused(CodecFixture.join("[48,1,{},\"".getBytes(UTF_8), bad, close))
                .hasMessageContaining("UTF-8");
    }

    // SER-02
    @Test
    void everyCodePointIsReadAndWritten() throws UnrepresentableException {
        for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x900 ? 1 : 61) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                String text = "x" + Character.toString(codePoint);
                assertThat(WIRE.arguments("[70,1,{}," + WIRE.written(text) + "]"))
                        .containsExactly(text);
            }
        }
    }

    // SER-03, SER-04: the sample of the specification among them
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "00, AA==",
        "0001, AAE=",
        "000102, AAEC",
        "10e3ff9053075c526f5fc06d4fe37cdb, EOP/kFMHXFJvX8BtT+N82w=="
    })
    void binaryDataIsBase64AfterTheMark(String hex, String base64) throws UnrepresentableException {
        byte[] octets = HexFormat.of().parseHex(hex);
        String written = "[\"" + MARK + base64 + "\"]";
        assertThat(WIRE.written((Object) octets)).isEqualTo(written);
        assertThat(WIRE.arguments("[70,1,{}," + written + "]")).containsExactly(octets);
    }

    // SER-04
    @ParameterizedTest
    @ValueSource(strings = {"A", "AA", "AAA", "AA=", "A===", "====", "AA==AA==", "AA-_", "AA A", "AAAA\\n", "é==="})
    void badBase64IsRefusedAtAnyDepth(String base64) {
        String text = "\"" + MARK + base64 + "\"";
        WIRE.assertRefused("[70,1,{},[" + text + "]]").hasMessageContaining("base64");
        WIRE.assertRefused("[70,1,{},[],{\"a\":[{\"b\":" + text + "}]}]").hasMessageContaining("base64");
        WIRE.assertRefused("[70,1,{\"x_a\":" + text + "}]").hasMessageContaining("base64");
    }

    // SER-04: some encoders escape characters of base64
    @Test
    void escapesInsideOfBase64AreRead() {
        assertThat(WIRE.arguments("[70,1,{},[\"" + MARK + "\\/\\u002b\\/\\u002B\"]]"))
                .containsExactly(new byte[] {(byte) 0xFF, (byte) 0xEF, (byte) 0xFE});
    }

    // SER-04
    @Test
    void keysAreNeverBinaryDataAndUrisMustBeText() {
        String yield = "[70,1,{},[],{\"" + MARK + "a\":1}]";
        assertThat(CodecFixture.CODECS.arguments(WIRE.decode(yield).payload()).keywords())
                .containsOnlyKeys("\u0000a");
        WIRE.assertRefused("[48,1,{},\"" + MARK + "AAAA\"]").hasMessageContaining("Procedure must be a string");
    }

    // MSG-05
    @Test
    void ofDuplicateKeysTheLastWins() {
        assertThat(WIRE.decode("[49,1,{\"mode\":\"kill\",\"mode\":\"skip\"}]").toString())
                .contains("SKIP");
        String yield = "[70,1,{},[{\"a\":1,\"b\":2,\"a\":3}],{\"k\":1,\"k\":[]}]";
        Arguments arguments = CodecFixture.CODECS.arguments(WIRE.decode(yield).payload());
        assertThat(CanonicalText.of(arguments.positional())).isEqualTo("[{String:a=Long:3,String:b=Long:2}]");
        assertThat(CanonicalText.of(arguments.keywords())).isEqualTo("{String:k=[]}");
    }

    // ID-01
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e0",
                "true",
                "null",
                "\"1\"",
                "0",
                "-1",
                "9007199254740993",
                "18446744073709551617",
                "[1]"
            })
    void invalidIdsAreRefused(String id) {
        WIRE.assertRefused("[48," + id + ",{},\"a.b\"]")
                .hasMessageContaining("Request")
                .hasMessageContaining("CALL");
        WIRE.assertRefused("[16,1,{\"exclude\":[" + id + "]},\"a.b\"]").hasMessageContaining("exclude");
    }

    @Test
    void unusualKeysOfOptionsAreKept() throws UnrepresentableException {
        Call call = (Call) WIRE.decode("[48,1,{\"x_a\":{\"b\":[1,null,\"\\u0000AA==\"]}},\"a.b\"]");
        Dict extra = call.options().extra();
        assertThat(CanonicalText.of(extra.entries())).isEqualTo("{String:x_a={String:b=[Long:1,null,octets:00]}}");
        assertThat(new String(CodecFixture.CODECS.encode(call, Serializer.JSON), UTF_8))
                .isEqualTo("[48,1,{\"x_a\":{\"b\":[1,null,\"\\u0000AA==\"]}},\"a.b\"]");
    }
}
