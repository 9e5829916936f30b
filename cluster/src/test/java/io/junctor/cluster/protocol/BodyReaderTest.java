package io.junctor.cluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.Serializer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever has sent the bytes, what is read from them can be handed on. */
class BodyReaderTest {
    private static final Codecs CODECS = new Codecs(new CodecLimits(1 << 20, 1_000, 1 << 20));
    private static final Arguments ARGUMENTS = new Arguments(
            List.of(1L, "caf\u00e9", List.of(2.5, true), new byte[] {1, 2}),
            Map.of("key", Map.of("inner", List.of(3L))));

    @ParameterizedTest
    @EnumSource
    void argumentsComeAsTheyWent(Serializer serializer) throws UnrepresentableException {
        for (Arguments arguments :
                List.of(ARGUMENTS, Arguments.of(1L, "two"), new Arguments(List.of(), Map.of("k", 1L)))) {
            Payload sent = CODECS.payload(arguments, serializer);
            Payload read = new BodyReader(written(sent)).payload();
            assertThat(read.argumentKinds()).isEqualTo(sent.argumentKinds());
            assertThat(CODECS.arguments(read)).usingRecursiveComparison().isEqualTo(CODECS.arguments(sent));
        }
    }

    @ParameterizedTest
    @EnumSource
    void argumentsThatAreCutAreRefused(Serializer serializer) throws UnrepresentableException {
        byte[] whole = argumentBytes(CODECS.payload(ARGUMENTS, serializer));
        for (int length = 0; length < whole.length; length++) {
            refuse(serializer, ArgumentKinds.KEYWORDS, Arrays.copyOf(whole, length));
        }
        refuse(serializer, ArgumentKinds.POSITIONAL, whole);
        refuse(serializer, ArgumentKinds.KEYWORDS, Arrays.copyOf(whole, whole.length + 1));
        refuse(serializer, ArgumentKinds.POSITIONAL, new byte[0]);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotRefusedCanBeHandedOn(Serializer serializer) throws UnrepresentableException {
        byte[] whole = written(CODECS.payload(ARGUMENTS, serializer));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> handOn(changed)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    /** Reads arguments and writes them into a message, which a client must be able to read. */
    private static void handOn(byte[] body) throws UnrepresentableException {
        Payload payload;
        try {
            payload = new BodyReader(body).payload();
        } catch (InvalidBodyException refused) {
            return;
        }
        Serializer serializer = payload.isAbsent() ? Serializer.JSON : payload.serializer();
        byte[] message = CODECS.encode(new Event(1, 1, EventDetails.NONE, payload), serializer);
        CODECS.of(serializer).decodeFromRouter(message);
    }

    @Test
    void argumentsOfAnotherShapeAreRefused() {
        List<String> positional =
                List.of("{}", "1", "\"a\"", "null", "[1]x", "[1][2]", "[1,]", "[tru]", "[\"\u00e9\"]");
        positional.forEach(text -> refuse(Serializer.JSON, ArgumentKinds.POSITIONAL, text.getBytes(ISO_8859_1)));
        List<String> keywords = List.of("[]", "[],[]", "[] {}", "{},[]", "[],{1:2}", "[],{},{}", "[],null");
        keywords.forEach(text -> refuse(Serializer.JSON, ArgumentKinds.KEYWORDS, text.getBytes(ISO_8859_1)));
        // A dictionary, a number, the text c3 28, which is not UTF-8, and a list that ends within its length. In CBOR
        // also a break.
        refuseBinary(Serializer.MSGPACK, new int[][] {{0x80}, {1}, {0x91, 0xa2, 0xc3, 0x28}, {0xdd, 0x7f, 0, 0, 0}});
        refuseBinary(
                Serializer.CBOR, new int[][] {{0xa0}, {1}, {0x81, 0x62, 0xc3, 0x28}, {0x9b, 0x7f, 0, 0, 0}, {0xff}});
        refuse(Serializer.MSGPACK, ArgumentKinds.KEYWORDS, bytes(0x90, 0x90));
        refuse(Serializer.MSGPACK, ArgumentKinds.KEYWORDS, bytes(0x90, 0x81, 1, 2));
        refuse(Serializer.CBOR, ArgumentKinds.KEYWORDS, bytes(0x80, 0x80));
        refuse(Serializer.CBOR, ArgumentKinds.KEYWORDS, bytes(0x80, 0xa1, 1, 2));
    }

    @Test
    void argumentsThatAreNestedDeeplyAreRefused() {
        byte[] json = new byte[100_000];
        Arrays.fill(json, (byte) '[');
        byte[] msgpack = new byte[100_000];
        Arrays.fill(msgpack, (byte) 0x91);
        byte[] cbor = new byte[100_000];
        Arrays.fill(cbor, (byte) 0x81);
        byte[] tags = new byte[100_000];
        Arrays.fill(tags, (byte) 0xc1);
        tags[0] = (byte) 0x81;
        refuse(Serializer.JSON, ArgumentKinds.POSITIONAL, json);
        refuse(Serializer.MSGPACK, ArgumentKinds.POSITIONAL, msgpack);
        refuse(Serializer.CBOR, ArgumentKinds.POSITIONAL, cbor);
        refuse(Serializer.CBOR, ArgumentKinds.POSITIONAL, tags);
    }

    @Test
    void idsOutOfRangeAreRefused() {
        for (long id : new long[] {Ids.MIN, 2, Ids.MAX}) {
            assertThat(new BodyReader(new BodyWriter().id(id).toBytes()).wampId("session"))
                    .isEqualTo(id);
        }
        for (long id : new long[] {0, -1, Ids.MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] body = new BodyWriter().id(id).toBytes();
            assertThatThrownBy(() -> new BodyReader(body).wampId("session"))
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessage("session " + id + " is no id");
            if (id != 0) {
                assertThatThrownBy(() -> new BodyReader(body).wampIdOrNone("session"))
                        .isInstanceOf(InvalidBodyException.class);
            }
        }
        assertThat(new BodyReader(new BodyWriter().id(0).toBytes()).wampIdOrNone("session"))
                .isZero();
    }

    @Test
    void textsThatAreNotUtf8AreRefused() {
        byte[] body = new BodyWriter().bytes(bytes(0xc3, 0x28)).toBytes();
        assertThatThrownBy(() -> new BodyReader(body).text()).isInstanceOf(InvalidBodyException.class);
    }

    private static void refuseBinary(Serializer serializer, int[][] positional) {
        for (int[] each : positional) {
            refuse(serializer, ArgumentKinds.POSITIONAL, bytes(each));
        }
    }

    private static void refuse(Serializer serializer, ArgumentKinds kinds, byte[] arguments) {
        byte[] body = written(Payload.of(serializer, kinds, arguments, 0, arguments.length));
        assertThatThrownBy(() -> new BodyReader(body).payload())
                .as("%s %s %s", serializer, kinds, Arrays.toString(Arrays.copyOf(arguments, 20)))
                .isInstanceOf(InvalidBodyException.class);
    }

    private static byte[] written(Payload payload) {
        return new BodyWriter().payload(payload).toBytes();
    }

    private static byte[] argumentBytes(Payload payload) {
        return Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
