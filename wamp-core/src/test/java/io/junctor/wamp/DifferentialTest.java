package io.junctor.wamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our decoders accept the same input as well-known libraries and decode the same values, except where WAMP or the
 * router has its own rules.
 */
class DifferentialTest {
    private static final int VALUES = 120;
    private static final int MUTANTS = 50;
    private static final int LARGE = 2_000;

    /** Input that we refuse and the libraries accept. */
    private static final List<String> OUR_RULES = List.of(
            "UTF-8",
            "surrogate",
            "base64",
            "must be a list",
            "must be a dictionary",
            "every key",
            "after the end",
            "elements",
            "deeper",
            "CBOR forbids",
            "CBOR reserves",
            "an end of nothing",
            "a chunk of another type");

    /** Input that we accept and the libraries refuse. */
    private static final List<String> THEIR_GAPS =
            List.of("for CBOR Objects, not (yet?) supported", ReferenceReaders.FAULT);

    private final Random random = RandomSeed.random(this);

    // SER-10, SER-12
    @ParameterizedTest
    @EnumSource
    void decodersAgreeWithReferenceDecoders(Serializer serializer) throws UnrepresentableException {
        RandomValues values = new RandomValues(random);
        Mutator mutator = new Mutator(random);
        int common = 0;
        for (int i = 0; i < VALUES; i++) {
            Arguments arguments = new Arguments(values.arguments().positional(), Map.of());
            Payload payload = CodecFixture.CODECS.payload(arguments, serializer);
            byte[] list = Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
            if (list.length > 0 && list.length < LARGE) {
                assertThat(bothAccept(serializer, list)).as("what we wrote").isTrue();
                for (int k = 0; k < MUTANTS; k++) {
                    common += bothAccept(serializer, mutator.mutate(list)) ? 1 : 0;
                }
            }
        }
        assertThat(common).as("damaged lists that both accept").isGreaterThan(VALUES);
    }

    /** True if both accept. Fails if only one accepts, except by the rules above, or if the decoded values differ. */
    private static boolean bothAccept(Serializer serializer, byte[] list) {
        String description = serializer + " " + HexFormat.of().formatHex(list);
        Payload payload;
        try {
            payload = payload(serializer, list);
        } catch (ProtocolViolationException violation) {
            assertRefused(serializer, list, violation, description);
            return false;
        }
        Object ours;
        try {
            ours = ReferenceReaders.plain(CodecFixture.CODECS.arguments(payload).positional());
        } catch (ProtocolViolationException hasNoValueHere) {
            return false;
        }
        try {
            if (serializer == Serializer.CBOR && ReferenceReaders.hasTag(list)) {
                return false;
            }
            assertThat(CanonicalText.of(ReferenceReaders.read(list, serializer)))
                    .as(description)
                    .isEqualTo(CanonicalText.of(ours));
            return true;
        } catch (IOException theirRefusal) {
            assertThat(theirRefusal.getMessage()).as(description).containsAnyOf(THEIR_GAPS.toArray(new String[0]));
            return false;
        }
    }

    private static void assertRefused(
            Serializer serializer, byte[] list, ProtocolViolationException violation, String description) {
        boolean isOurRule = OUR_RULES.stream().anyMatch(violation.getMessage()::contains);
        if (!isOurRule) {
            assertThat(theirs(serializer, list))
                    .as(description + " " + violation.getMessage())
                    .isNull();
        }
    }

    private static @Nullable Object theirs(Serializer serializer, byte[] list) {
        try {
            return ReferenceReaders.read(list, serializer);
        } catch (IOException refused) {
            return null;
        }
    }

    /** Returns a message with the list as its Arguments. */
    private static Payload payload(Serializer serializer, byte[] list) {
        byte[] message = switch (serializer) {
            case JSON -> CodecFixture.join("[70,1,{},".getBytes(UTF_8), list, "]".getBytes(UTF_8));
            case MSGPACK -> CodecFixture.join(HexFormat.of().parseHex("94460180"), list);
            case CBOR -> CodecFixture.join(HexFormat.of().parseHex("84184601a0"), list);
        };
        Message yield = CodecFixture.CODECS.of(serializer).decodeFromClient(message);
        if (yield.payload().length() != list.length) {
            // A comma or bracket split the list into several elements.
            throw new ProtocolViolationException("elements");
        }
        return yield.payload();
    }
}
