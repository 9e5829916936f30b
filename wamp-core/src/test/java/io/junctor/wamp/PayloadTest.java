package io.junctor.wamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Payloads that are forwarded unchanged or transcoded. */
class PayloadTest {
    private static final CodecFixture JSON = new CodecFixture(Serializer.JSON);
    private static final CodecFixture MSGPACK = new CodecFixture(Serializer.MSGPACK);
    private static final CodecFixture CBOR = new CodecFixture(Serializer.CBOR);

    // MSG-08, PS-07, RPC-05: the bytes of one message are copied into the next
    @Test
    void argumentsAreForwardedUnchanged() throws UnrepresentableException {
        Message call = JSON.decode("[48,1,{},\"a.b\", [1.50, \"\\u00e9\"] , {\"a\":  1e2} ]");
        Invocation invocation = new Invocation(2, 3, InvocationDetails.NONE, call.payload());
        assertThat(new String(CodecFixture.CODECS.encode(invocation, Serializer.JSON), UTF_8))
                .isEqualTo("[68,2,3,{},[1.50, \"\\u00e9\"] , {\"a\":  1e2}]");
    }

    @Test
    void aSmallPayloadDoesNotRetainALargeMessage() {
        String padding = " ".repeat(100_000);
        Payload small = JSON.decode("[48,1,{},\"a\"," + padding + "[1]]").payload();
        assertThat(JSON.text(small)).isEqualTo("[1]");
        assertThat(small.heldBytes()).isEqualTo(3);

        byte[] message = ("[48,1,{},\"a\",[" + padding + "1]]").getBytes(UTF_8);
        Payload large = CodecFixture.CODECS
                .of(Serializer.JSON)
                .decodeFromClient(message)
                .payload();
        assertThat(large.bytes()).as("not copied").isSameAs(message);
        assertThat(JSON.decode("[48,1,{},\"a\", [1]]").payload().heldBytes())
                .as("not worth a copy")
                .isEqualTo("[48,1,{},\"a\", [1]]".length());
    }

    // MSG-06, MSG-07
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[48,1,{},\"a\"]                     | ABSENT     | ''",
                "[48,1,{},\"a\",[]]                  | POSITIONAL | []",
                "[48,1,{},\"a\",null]                | ABSENT     | ''",
                "[48,1,{},\"a\",null,null]           | ABSENT     | ''",
                "[48,1,{},\"a\", [1] , null ]        | POSITIONAL | [1]",
                "[48,1,{},\"a\",null, {\"a\" : 1} ]  | KEYWORDS   | [],{\"a\" : 1}",
                "[48,1,{},\"a\",[],{}]               | KEYWORDS   | [],{}",
                "[48,1,{},\"a\",[ 1 ],{\"a\":1}]     | KEYWORDS   | [ 1 ],{\"a\":1}",
            })
    void nullInPlaceOfArgumentsIsAbsentAndNotForwarded(String message, ArgumentKinds kinds, String bytes) {
        Payload payload = JSON.decode(message).payload();
        assertThat(payload.argumentKinds()).isEqualTo(kinds);
        assertThat(JSON.text(payload)).isEqualTo(bytes);
    }

    // MSG-07
    @ParameterizedTest
    @CsvSource({
        "95 30 01 80 a161 c0, ABSENT, ''",
        "96 30 01 80 a161 d40000 c0, ABSENT, ''",
        "96 30 01 80 a161 9101 d40000, POSITIONAL, 9101",
        "96 30 01 80 a161 c0 81a16101, KEYWORDS, 9081a16101"
    })
    void nilAndUndefinedOfMessagePackAreAbsent(String message, ArgumentKinds kinds, String bytes) {
        Payload payload = MSGPACK.decode(message).payload();
        assertThat(payload.argumentKinds()).isEqualTo(kinds);
        assertThat(MSGPACK.text(payload)).isEqualTo(bytes);
    }

    // MSG-07
    @ParameterizedTest
    @CsvSource({
        "85 1830 01 a0 6161 f6, ABSENT, ''",
        "86 1830 01 a0 6161 f7 f7, ABSENT, ''",
        "9f 1830 01 a0 6161 8101 f7 ff, POSITIONAL, 8101",
        "86 1830 01 a0 6161 f6 a1616101, KEYWORDS, 80a1616101"
    })
    void nullAndUndefinedOfCborAreAbsent(String message, ArgumentKinds kinds, String bytes) {
        Payload payload = CBOR.decode(message).payload();
        assertThat(payload.argumentKinds()).isEqualTo(kinds);
        assertThat(CBOR.text(payload)).isEqualTo(bytes);
    }

    // MSG-06
    @ParameterizedTest
    @EnumSource
    void emptyArgumentsAreOmitted(Serializer serializer) throws UnrepresentableException {
        assertThat(CodecFixture.CODECS.payload(Arguments.NONE, serializer)).isSameAs(Payload.NONE);
        assertThat(CodecFixture.CODECS.payload(Arguments.of(1), serializer).argumentKinds())
                .isEqualTo(ArgumentKinds.POSITIONAL);
        Payload keywords = CodecFixture.CODECS.payload(new Arguments(List.of(), Map.of("a", 1L)), serializer);
        assertThat(keywords.argumentKinds()).isEqualTo(ArgumentKinds.KEYWORDS);
        assertThat(CodecFixture.CODECS.arguments(keywords)).isEqualTo(new Arguments(List.of(), Map.of("a", 1L)));
        assertThat(CodecFixture.CODECS.arguments(Payload.NONE)).isSameAs(Arguments.NONE);
    }

    // PS-07: an empty list remains an empty list in every serialization
    @ParameterizedTest
    @EnumSource
    void transcodingKeepsTheArgumentKinds(Serializer target) throws UnrepresentableException {
        for (String arguments : List.of("", ",[]", ",[],{}", ",[1]", ",[],{\"a\":1}")) {
            Payload payload = JSON.decode("[48,1,{},\"a\"" + arguments + "]").payload();
            Payload transcoded = CodecFixture.CODECS.transcode(payload, target);
            assertThat(transcoded.argumentKinds()).isEqualTo(payload.argumentKinds());
            assertThat(transcoded.fits(target)).isTrue();
            assertThat(CodecFixture.CODECS.arguments(transcoded)).isEqualTo(CodecFixture.CODECS.arguments(payload));
        }
    }

    // SER-08
    @Test
    void transcodingKeepsOctetsNumbersAndOrder() throws UnrepresentableException {
        Payload json = JSON.decode(
                        "[48,1,{},\"a\",[\"\\u0000AQI=\",1,1.0,18446744073709551615,null],{\"b\":[{}],\"a\":-1}]")
                .payload();
        Payload msgpack = CodecFixture.CODECS.transcode(json, Serializer.MSGPACK);
        Payload cbor = CodecFixture.CODECS.transcode(msgpack, Serializer.CBOR);
        assertThat(MSGPACK.text(msgpack))
                .isEqualTo("95c402010201cb3ff0000000000000cfffffffffffffffffc082a1629180a161ff");
        assertThat(CBOR.text(cbor)).isEqualTo("8542010201f93c001bfffffffffffffffff6a2616281a0616120");
        assertThat(JSON.text(CodecFixture.CODECS.transcode(cbor, Serializer.JSON)))
                .isEqualTo("[\"\\u0000AQI=\",1,1.0,18446744073709551615,null],{\"b\":[{}],\"a\":-1}");
    }

    // SER-08
    @Test
    void bigIntegersAndDecimalsSurviveBetweenJsonAndCbor() throws UnrepresentableException {
        String arguments = "[123456789012345678901234567890,-0.12345678901234567890,1E+400]";
        Payload cbor = CodecFixture.CODECS.transcode(
                JSON.decode("[70,1,{}," + arguments + "]").payload(), Serializer.CBOR);
        assertThat(JSON.text(CodecFixture.CODECS.transcode(cbor, Serializer.JSON)))
                .isEqualTo(arguments);
    }

    // SER-09
    @Test
    void valuesThatTheTargetCannotExpressAreRefused() {
        assertLost(CBOR, "84 1846 01 a0 81 f97e00", Serializer.JSON, "NaN");
        assertLost(MSGPACK, "94 46 01 80 91 cb7ff0000000000000", Serializer.JSON, "Infinity");
        assertLost(JSON, "[70,1,{},[18446744073709551616]]", Serializer.MSGPACK, "64 bits");
        assertLost(CBOR, "84 1846 01 a0 81 3bffffffffffffffff", Serializer.MSGPACK, "64 bits");
        assertLost(CBOR, "84 1846 01 a0 81 d82a 00", Serializer.JSON, "CBOR tag 42");
        assertLost(CBOR, "84 1846 01 a0 81 c1 6161", Serializer.JSON, "CBOR tag 1");
        assertLost(CBOR, "84 1846 01 a0 81 c1 f97e00", Serializer.JSON, "CBOR tag 1");
        assertLost(CBOR, "84 1846 01 a0 81 d825 4100", Serializer.JSON, "CBOR tag 37");
        assertLost(MSGPACK, "94 46 01 80 91 d40500", Serializer.CBOR, "MessagePack extension type 5");
        assertLost(MSGPACK, "94 46 01 80 91 d4ff00", Serializer.CBOR, "MessagePack extension type -1");
        assertLost(MSGPACK, "94 46 01 80 91 d7ff ffffffff00000000", Serializer.CBOR, "MessagePack extension type -1");
        assertLost(MSGPACK, "94 46 01 80 91 81 9001", Serializer.JSON, "key");
        assertLost(MSGPACK, "94 46 01 80 91 81 9001", Serializer.CBOR, "key");
        assertLost(CBOR, "84 1846 01 a0 81 a1 410001", Serializer.JSON, "key");
        assertLost(MSGPACK, "94 46 01 80 91 a20041", Serializer.JSON, "U+0000");
    }

    // SER-09: scalar keys become strings for JSON only
    @Test
    void keysInsideOfArgumentsKeepTheirTypeIfPossible() throws UnrepresentableException {
        Payload payload =
                MSGPACK.decode("94 46 01 80 91 84 0101 c302 c003 a16104").payload();
        assertThat(CBOR.text(CodecFixture.CODECS.transcode(payload, Serializer.CBOR)))
                .isEqualTo("81a40101f502f603616104");
        assertThat(JSON.text(CodecFixture.CODECS.transcode(payload, Serializer.JSON)))
                .isEqualTo("[{\"1\":1,\"true\":2,\"null\":3,\"a\":4}]");
    }

    @Test
    void aPayloadInTheTargetSerializationIsNotCopied() throws UnrepresentableException {
        Payload payload = CBOR.decode("84 1846 01 a0 81 c1 00").payload();
        assertThat(CodecFixture.CODECS.transcode(payload, Serializer.CBOR)).isSameAs(payload);
        assertThat(CodecFixture.CODECS.transcode(Payload.NONE, Serializer.CBOR)).isSameAs(Payload.NONE);
    }

    @Test
    void aPayloadOfAnotherSerializationIsAnIllegalArgument() throws UnrepresentableException {
        Payload payload = CodecFixture.CODECS.payload(Arguments.of(1), Serializer.JSON);
        Call call = new Call(1, CallMessageOptions.DEFAULT, new Uri("a.b"), payload);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodecFixture.CODECS.of(Serializer.CBOR).encode(call));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodecFixture.CODECS.of(Serializer.CBOR).arguments(payload));
    }

    // MSG-05
    @Test
    void ofDuplicateKeysTheLastWinsInBinaryToo() {
        assertThat(MSGPACK.decode("93 31 01 82 a46d6f6465 a46b696c6c a46d6f6465 a4736b6970")
                        .toString())
                .contains("SKIP");
        assertThat(CBOR.decode("83 1831 01 bf 646d6f6465 646b696c6c 646d6f6465 64736b6970 ff")
                        .toString())
                .contains("SKIP");
        Payload payload = CBOR.decode("85 1846 01 a0 81 a2 616101 616102 a2 616201 616203")
                .payload();
        assertThat(CodecFixture.CODECS.arguments(payload))
                .isEqualTo(new Arguments(List.of(Map.of("a", 2L)), Map.of("b", 3L)));
    }

    // ID-01
    @Test
    void aRevocationHasRequestZeroAndNamesWhatIsRevoked() {
        assertRouterRefused("[35,0]", "UNSUBSCRIBED: Details are required if Request is 0");
        assertRouterRefused("[67,0,{}]", "UNREGISTERED: 'registration' must be an id");
        assertRouterRefused("[33,0,1]", "SUBSCRIBED: Request must be an id, an integer from 1 to 2^53 (byte 4)");
    }

    // PV-06
    @Test
    void messagesOfTheOtherSideAreRefused() {
        JSON.assertRefused("[2,1,{\"roles\":{\"broker\":{}}}]")
                .hasMessage("WELCOME: a client must not send this message");
        assertThatThrownBy(() -> CodecFixture.CODECS.of(Serializer.JSON).decodeFromRouter("[49,1,{}]".getBytes(UTF_8)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessage("CANCEL: a router must not send this message");
    }

    // PV-13
    @Test
    void violationsNameTheProblemAndItsPosition() {
        JSON.assertRefused("[16,1,{}]").hasMessage("PUBLISH: must have 4 to 6 elements, not 3");
        JSON.assertRefused("[16,1,{},\"a\",[],{},1,2]").hasMessage("PUBLISH: must have 4 to 6 elements, not 8");
        JSON.assertRefused("[32,1,{}]").hasMessage("SUBSCRIBE: must have 4 elements, not 3");
        JSON.assertRefused("[337,1]").hasMessage("unknown message type 337");
        JSON.assertRefused("[16,1,{\"retain\":1},\"a\"]").hasMessage("PUBLISH: 'retain' must be a boolean");
        JSON.assertRefused("[16,1,[],\"a\"]").hasMessage("PUBLISH: Options must be a dictionary (byte 6)");
        JSON.assertRefused("[]").hasMessage("a message must not be an empty list");
        MSGPACK.assertRefused("96 10 01 80 a161 01 02").hasMessage("PUBLISH: Arguments must be a list (byte 6)");
    }

    private static void assertRouterRefused(String message, String text) {
        assertThatThrownBy(() -> CodecFixture.CODECS.of(Serializer.JSON).decodeFromRouter(message.getBytes(UTF_8)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessage(text);
    }

    private static void assertLost(CodecFixture source, String message, Serializer target, String kind) {
        Payload payload = source.decode(message).payload();
        assertThatThrownBy(() -> CodecFixture.CODECS.transcode(payload, target))
                .isInstanceOf(UnrepresentableException.class)
                .hasMessageContaining(kind);
    }
}
