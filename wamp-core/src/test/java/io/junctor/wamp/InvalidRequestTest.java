package io.junctor.wamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments and options that fail one request, and those that end the session. */
class InvalidRequestTest {
    private static final CodecFixture JSON = new CodecFixture(Serializer.JSON);
    private static final CodecFixture MSGPACK = new CodecFixture(Serializer.MSGPACK);
    private static final CodecFixture CBOR = new CodecFixture(Serializer.CBOR);

    // SER-02, SER-04, SER-08, SER-10
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"\\u0000abc\"]                | argument 0: a string that starts with U+0000 but is not padded base64 at byte 16",
                "[1,\"\\u0000A_==\",2]           | argument 1: a string that starts with U+0000 but is not padded base64 at byte 18",
                "[1,[2,{\"k\":[NaN]}]]           | argument 1: expected a value at byte 27",
                "[-Infinity]                     | argument 0: a malformed number at byte 16",
                "[Infinity,1]                    | argument 0: expected a value at byte 16",
                "[undefined]                     | argument 0: expected a value at byte 16",
                "[True,tru]                      | argument 0: expected a value at byte 16",
                "[0,01,.5]                       | argument 1: a malformed number at byte 18",
                "[ 0x1F ]                        | argument 0: expected a value at byte 17",
                "[1.5f]                          | argument 0: expected a value at byte 16",
                "[\"\\x41\"]                     | argument 0: an invalid escape or an unpaired surrogate at byte 17",
                "[\"a\\u12\"]                    | argument 0: an invalid escape or an unpaired surrogate at byte 18",
                "[\"\\u0000\\u12\"]              | argument 0: an invalid escape or an unpaired surrogate at byte 23",
                "[1],{\"a\":1,\"key\":nan}         | argument 'key': expected a value at byte 32",
                "[],{\"a b\":NaN}                 | keyword argument 0: expected a value at byte 25",
                "null,{\"a\":[\"\\u0000x\"]}       | argument 'a': a string that starts with U+0000 but is not padded base64 at byte 26"
            })
    void aValueThatJsonCannotExpressFailsTheRequest(String arguments, String problem) {
        assertFaulty(JSON, "[16,12,{},\"tx\"," + arguments + "]", problem);
    }

    // SER-02
    @Test
    void controlCharactersInArgumentsFailTheRequest() {
        assertFaulty(JSON, "[16,12,{},\"tx\",[\"a\tb\nc\"]]", "argument 0: a control character in a string at byte 18");
    }

    // SER-05, SER-10, MSG-05
    @ParameterizedTest
    @CsvSource({
        "92 01 a2 61ff, argument 1: invalid UTF-8 at byte 11",
        "90 82 a161 01 a162 a1ff, argument 'b': invalid UTF-8 at byte 15",
        "90 82 a161 01 a1ff 01, keyword argument 1: invalid UTF-8 at byte 13",
        "90 81 01 01, 'keyword argument 0: every key of ArgumentsKw must be a string, at byte 9'"
    })
    void aValueThatMessagePackCannotExpressFailsTheRequest(String arguments, String problem) {
        String head = arguments.startsWith("90") ? "96" : "95";
        assertFaulty(MSGPACK, head + "10 01 80 a2 7478" + arguments, problem);
    }

    // SER-06, SER-10, MSG-05
    @ParameterizedTest
    @CsvSource({
        "82 01 62 61ff, argument 1: invalid UTF-8 at byte 11",
        "81 7f 6161 61ff ff, argument 0: invalid UTF-8 at byte 12",
        "80 a1 01 81 01, 'keyword argument 0: every key of ArgumentsKw must be a string, at byte 9'",
        "80 bf 6161 01 9f01ff 02 ff, 'keyword argument 1: every key of ArgumentsKw must be a string, at byte 12'"
    })
    void aValueThatCborCannotExpressFailsTheRequest(String arguments, String problem) {
        String head = arguments.startsWith("80") ? "86" : "85";
        assertFaulty(CBOR, head + "10 01 a0 62 7478" + arguments, problem);
    }

    // SER-02: for every receiver, and not only for those of other serializations
    @ParameterizedTest
    @ValueSource(
            strings = {"\\ud83d", "\\ud83dx", "\\ud83d\\u0041", "\\ud83d\\ud83d\\ude00", "\\ude00", "01234567\\uDE00"})
    void anUnpairedSurrogateIsReadAsTheReplacementCharacter(String text) {
        String whole = text.replaceFirst("\\\\u[dD][8-9a-fA-F][0-9a-fA-F]{2}", "\\\\ufffd");
        Call call = (Call) JSON.decode("[48,1,{},\"a.b\",[\"" + text + "\"],{\"" + text + "\":\"" + text + "\"}]");
        assertThat(JSON.text(call.payload())).isEqualTo("[\"" + whole + "\"],{\"" + whole + "\":\"" + whole + "\"}");
        assertThat((String) CodecFixture.CODECS
                        .arguments(call.payload())
                        .positional()
                        .getFirst())
                .contains("\uFFFD");
    }

    // SER-10, PV-13: the end of the arguments cannot be found, or the bytes are not UTF-8
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NaN",
                "[NaN]",
                "[NaN}]",
                "[\"\\u0000abc\"",
                "[\"\\u0000abc]]",
                "[1 NaN]]",
                "[NaN NaN]]",
                "['a']]",
                "[$]]",
                "[],{a:1}]",
                "NaN]",
                "[NaN],5]",
                "[NaN],{},{}]",
                "[NaN]]x"
            })
    void argumentsThatCannotBeSkippedEndTheSession(String rest) {
        assertViolation(JSON, "[16,1,{},\"t\"," + rest);
    }

    // SER-02
    @Test
    void invalidUtf8EndsTheSessionInJsonOnly() {
        byte[] message =
                CodecFixture.join("[16,1,{},\"t\",[\"".getBytes(UTF_8), new byte[] {-1}, "\"]]".getBytes(UTF_8));
        JSON.assertRefused(message)
                .isNotInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("UTF-8");
    }

    // SER-10
    @Test
    void brokenItemsOfBinarySerializationsEndTheSession() {
        assertViolation(MSGPACK, "95 10 01 80 a174 91 c1");
        assertViolation(MSGPACK, "95 10 01 80 a174 92 a1ff");
        assertViolation(CBOR, "85 10 01 a0 6174 81 1c");
        assertViolation(CBOR, "85 10 01 a0 6174 81 5f6161ff");
        assertViolation(CBOR, "85 10 01 a0 6174 82 61ff ff");
        assertViolation(CBOR, "85 10 01 a0 6174 82 61ff");
    }

    // MSG-04
    @ParameterizedTest
    @CsvSource({"invoke, all", "match, regex"})
    void anOptionWithAnUnknownValueFailsTheRequest(String option, String value) {
        InvalidRequestException request = faulty(JSON, "[64,1,{\"" + option + "\":\"" + value + "\"},\"a.b\"]");
        assertThat(request.error()).isEqualTo(WampError.INVALID_ARGUMENT);
        assertThat(request.problem()).isEqualTo("'" + option + "' has an unknown value");
        assertThat(((Register) request.message()).options()).isSameAs(RegisterMessageOptions.DEFAULT);
    }

    // MSG-04
    @Test
    void anOptionOfAnotherTypeEndsTheSession() {
        assertViolation(JSON, "[64,1,{\"invoke\":1},\"a.b\"]");
        assertViolation(JSON, "[64,1,{\"invoke\":\"all\"},7]");
    }

    // PV-16
    @Test
    void aClientAcceptsNeitherFromARouter() {
        for (String event : Map.of("[36,1,2,{},[NaN]]", "", "[69,1,{\"mode\":\"softly\"}]", "")
                .keySet()) {
            assertThatThrownBy(() -> CodecFixture.CODECS.of(Serializer.JSON).decodeFromRouter(event.getBytes(UTF_8)))
                    .isInstanceOf(ProtocolViolationException.class)
                    .isNotInstanceOf(InvalidRequestException.class);
        }
    }

    private static InvalidRequestException faulty(CodecFixture wire, String message) {
        InvalidRequestException request =
                catchThrowableOfType(InvalidRequestException.class, () -> wire.decode(message));
        assertThat(request).as(message).isNotNull();
        return request;
    }

    private static void assertFaulty(CodecFixture wire, String message, String problem) {
        InvalidRequestException request = faulty(wire, message);
        assertThat(request.problem()).isEqualTo(problem);
        assertThat(request.logText()).isEqualTo(problem.substring(problem.indexOf(": ") + 2));
        assertThat(request.error()).isEqualTo(WampError.INVALID_PAYLOAD);
        assertThat(((Publish) request.message()).payload().isAbsent()).isTrue();
    }

    private static void assertViolation(CodecFixture wire, String message) {
        wire.assertRefused(message).isNotInstanceOf(InvalidRequestException.class);
    }
}
