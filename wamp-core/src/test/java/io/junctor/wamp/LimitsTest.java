package io.junctor.wamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

// SER-11
class LimitsTest {
    private static final CodecFixture JSON = new CodecFixture(Serializer.JSON);
    private static final CodecFixture MSGPACK = new CodecFixture(Serializer.MSGPACK);
    private static final CodecFixture CBOR = new CodecFixture(Serializer.CBOR);
    private static final int DEEP = 100_000;

    @Test
    void listsAHundredThousandLevelsDeepAreRefusedNamingTheLimit() {
        JSON.assertRefused("[70,1,{}," + "[".repeat(DEEP)).hasMessageContaining("deeper than the limit of 64 levels");
        JSON.assertRefused("[70,1,{},[]," + "{\"a\":".repeat(DEEP))
                .hasMessageContaining("deeper than the limit of 64 levels");
        JSON.assertRefused("[70,1,{\"x\":" + "[".repeat(DEEP))
                .hasMessageContaining("deeper than the limit of 64 levels");
        MSGPACK.assertRefused(deep("94460180", 0x91)).hasMessageContaining("deeper than the limit of 64 levels");
        MSGPACK.assertRefused(deep("934601", 0x81)).hasMessageContaining("must be a string");
        MSGPACK.assertRefused(deep("93460181a161", 0x91)).hasMessageContaining("deeper than the limit of 64 levels");
        CBOR.assertRefused(deep("84184601a0", 0x81)).hasMessageContaining("deeper than the limit of 64 levels");
        CBOR.assertRefused(deep("84184601a0", 0x9F)).hasMessageContaining("deeper than the limit of 64 levels");
        CBOR.assertRefused(deep("84184601a081", 0xC6)).hasMessageContaining("deeper than the limit of 64 levels");
        CBOR.assertRefused(deep("83184601a16161", 0xBF)).hasMessageContaining("deeper than the limit of 64 levels");
        CBOR.assertRefused(deep("", 0x9F)).hasMessageContaining("type of a message");
    }

    @ParameterizedTest
    @EnumSource
    void nestingUpToTheLimitIsReadAndWritten(Serializer serializer) throws UnrepresentableException {
        int depth = 5;
        Codecs codecs = new Codecs(new CodecLimits(1000, depth, 10));
        Arguments deepest = Arguments.of(nested(depth - 2));
        Arguments tooDeep = Arguments.of(nested(depth - 1));
        assertThat(codecs.arguments(codecs.payload(deepest, serializer))).isEqualTo(deepest);
        assertThatThrownBy(() -> codecs.payload(tooDeep, serializer))
                .isInstanceOf(UnrepresentableException.class)
                .hasMessageContaining("deeper than the limit of 5 levels");
        assertThatThrownBy(() -> codecs.arguments(CodecFixture.CODECS.payload(tooDeep, serializer)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("deeper than the limit of 5 levels");
    }

    @ParameterizedTest
    @EnumSource
    void nestingDeeperThanTheStackIsRefused(Serializer serializer) throws InterruptedException {
        Codecs codecs = new Codecs(new CodecLimits(10_000, 1_000, 10));
        byte[] arguments = nestedArguments(serializer);
        byte[] yield = message(serializer, 70, arguments);
        byte[] result = message(serializer, 50, arguments);
        Payload payload = Payload.of(serializer, ArgumentKinds.POSITIONAL, arguments, 0, arguments.length);
        Serializer other = serializer == Serializer.JSON ? Serializer.CBOR : Serializer.JSON;
        List<ThrowingCallable> readings = List.of(
                () -> codecs.of(serializer).decodeFromClient(yield),
                () -> codecs.of(serializer).decodeFromRouter(result),
                () -> codecs.arguments(payload),
                () -> codecs.check(payload));
        List<ThrowingCallable> transcodings =
                List.of(() -> codecs.transcode(payload, other), () -> codecs.elements(payload, serializer));
        for (ThrowingCallable reading : readings) {
            assertThat(faultWhenTheStackIsFull(reading))
                    .isInstanceOf(ProtocolViolationException.class)
                    .hasMessage("nesting deeper than the stack of the thread allows");
        }
        for (ThrowingCallable transcoding : transcodings) {
            assertThat(faultWhenTheStackIsFull(transcoding))
                    .isInstanceOf(UnrepresentableException.class)
                    .hasMessage("nesting deeper than the stack of the thread allows");
        }
    }

    @Test
    void listsThatContainThemselvesAreRefused() {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(list);
        for (Serializer serializer : Serializer.values()) {
            new CodecFixture(serializer)
                    .assertUnrepresentable(list)
                    .hasMessageContaining("deeper than the limit of 64 levels");
        }
    }

    @Test
    void aMessageOverTheLimitIsRefusedUndecoded() {
        Codecs codecs = new Codecs(new CodecLimits(10, 64, 10));
        assertThatThrownBy(() -> codecs.of(Serializer.JSON).decodeFromClient(new byte[11]))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessage("a message of 11 bytes exceeds the limit of 10 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void optionsHaveALimitedNumberOfElements(Serializer serializer) {
        Codecs codecs = new Codecs(new CodecLimits(1000, 64, 3));
        codecs.of(serializer).decodeFromClient(options(serializer, 2));
        assertThatThrownBy(() -> codecs.of(serializer).decodeFromClient(options(serializer, 3)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("options with more than the limit of 3 elements");
    }

    @ParameterizedTest
    @EnumSource
    void optionsHaveALimitedNumberOfKeys(Serializer serializer) {
        Codecs codecs = new Codecs(CodecLimits.DEFAULT);
        codecs.of(serializer).decodeFromClient(optionKeys(serializer, 1_000));
        assertThatThrownBy(() -> codecs.of(serializer).decodeFromClient(optionKeys(serializer, 1_001)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("options with more than the limit of 1000 keys");
    }

    // Each announces a size of gigabytes.
    @ParameterizedTest
    @CsvSource({
        "MSGPACK, dd ffffffff 46 01 80",
        "MSGPACK, 94 46 01 80 dd ffffffff",
        "MSGPACK, 93 46 01 df ffffffff a161 01",
        "MSGPACK, 94 46 01 80 91 df ffffffff",
        "MSGPACK, 94 46 01 80 91 db ffffffff 61",
        "MSGPACK, 94 46 01 80 91 c6 ffffffff 61",
        "MSGPACK, 94 46 01 80 91 c9 ffffffff 61",
        "MSGPACK, 94 30 01 80 db 7fffffff 61",
        "CBOR, 9b ffffffffffffffff 1846 01 a0",
        "CBOR, 84 1846 01 a0 9b 7fffffffffffffff",
        "CBOR, 83 1846 01 bb 7fffffffffffffff 6161 01",
        "CBOR, 84 1846 01 a0 81 bb ffffffffffffffff",
        "CBOR, 84 1846 01 a0 81 7b ffffffffffffffff 61",
        "CBOR, 84 1846 01 a0 81 5b 000000007fffffff 61",
        "CBOR, 84 1830 01 a0 7b 7fffffffffffffff 61"
    })
    void announcedSizesBeyondTheMessageAreRefused(Serializer serializer, String message) {
        new CodecFixture(serializer)
                .assertRefused(message)
                .hasMessageContaining("a size greater than the rest of the message");
    }

    @Test
    void limitsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(0, 64, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(10, 1001, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(10, 64, 0));
    }

    /** Runs {@code reading} on a thread with a small stack. */
    private static Throwable faultWhenTheStackIsFull(ThrowingCallable reading) throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread thread = new Thread(null, () -> fault.set(faultWithLessStack(reading)), "small stack", 1 << 18);
        thread.start();
        thread.join();
        return fault.get();
    }

    /** Runs {@code reading} with ever less stack, until it fails: how much it needs depends on how the JVM has compiled it. */
    private static Throwable faultWithLessStack(ThrowingCallable reading) {
        Throwable fault = catchThrowable(reading);
        return fault == null ? faultWithLessStack(reading) : fault;
    }

    /** Arguments that make a message as deep as the highest limit, a thousand levels. */
    private static byte[] nestedArguments(Serializer serializer) {
        int levels = 998;
        return switch (serializer) {
            case JSON -> ("[".repeat(levels + 1) + "]".repeat(levels + 1)).getBytes(UTF_8);
            case MSGPACK -> HexFormat.of().parseHex("91".repeat(levels) + "90");
            case CBOR -> HexFormat.of().parseHex("81".repeat(levels) + "80");
        };
    }

    private static byte[] message(Serializer serializer, int type, byte[] arguments) {
        return switch (serializer) {
            case JSON -> CodecFixture.join(("[" + type + ",1,{},").getBytes(UTF_8), arguments, new byte[] {(byte) ']'});
            case MSGPACK -> CodecFixture.join(HexFormat.of().parseHex("94%02x0180".formatted(type)), arguments);
            case CBOR -> CodecFixture.join(HexFormat.of().parseHex("8418%02x01a0".formatted(type)), arguments);
        };
    }

    private static byte[] options(Serializer serializer, int elements) {
        return switch (serializer) {
            case JSON -> ("[70,1,{\"x\":[" + "0,".repeat(elements - 1) + "0]}]").getBytes(UTF_8);
            case MSGPACK -> HexFormat.of().parseHex("93460181a1789" + elements + "00".repeat(elements));
            case CBOR -> HexFormat.of().parseHex("83184601a161788" + elements + "00".repeat(elements));
        };
    }

    /** A call with so many options, which have names of five digits. */
    private static byte[] optionKeys(Serializer serializer, int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String name = Integer.toString(10_000 + i);
            keys.append(
                    switch (serializer) {
                        case JSON -> (i == 0 ? "" : ",") + "\"" + name + "\":0";
                        case MSGPACK -> "a5" + HexFormat.of().formatHex(name.getBytes(UTF_8)) + "00";
                        case CBOR -> "65" + HexFormat.of().formatHex(name.getBytes(UTF_8)) + "00";
                    });
        }
        String size = HexFormat.of().toHexDigits((short) count);
        return switch (serializer) {
            case JSON -> ("[48,1,{" + keys + "},\"a\"]").getBytes(UTF_8);
            case MSGPACK -> HexFormat.of().parseHex("943001de" + size + keys + "a161");
            case CBOR -> HexFormat.of().parseHex("84183001b9" + size + keys + "6161");
        };
    }

    private static byte[] deep(String start, int fill) {
        byte[] rest = new byte[DEEP];
        Arrays.fill(rest, (byte) fill);
        return CodecFixture.join(HexFormat.of().parseHex(start), rest);
    }

    private static List<Object> nested(int depth) {
        List<Object> list = List.of();
        for (int i = 1; i < depth; i++) {
            list = List.of(list);
        }
        return list;
    }
}
