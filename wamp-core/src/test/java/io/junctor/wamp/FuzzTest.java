package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decoder returns a message or throws a violation for any bytes, and accepted messages can be forwarded. */
class FuzzTest {
    private static final int NOISES = 50_000;
    private static final int MESSAGES = 500;
    private static final int MUTANTS = 60;
    private static final int LOGGED_BYTES = 400;

    private final Random random = RandomSeed.random(this);

    // SER-10, SER-11, PV-13
    @ParameterizedTest
    @EnumSource
    void noiseIsAMessageOrAViolation(Serializer serializer) throws UnrepresentableException {
        byte[] start = CodecFixture.CODECS.encode(new RandomMessages(random).fromClient(serializer), serializer);
        for (int i = 0; i < NOISES; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            System.arraycopy(start, 0, noise, 0, Math.min(random.nextInt(5), Math.min(noise.length, start.length)));
            check(serializer, noise);
        }
    }

    // SER-10, SER-11, PV-13
    @ParameterizedTest
    @EnumSource
    void mutantsAreMessagesOrViolations(Serializer serializer) throws UnrepresentableException {
        RandomMessages messages = new RandomMessages(random);
        Mutator mutator = new Mutator(random);
        int accepted = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Message message = random.nextBoolean() ? messages.fromClient(serializer) : messages.fromRouter(serializer);
            byte[] bytes = CodecFixture.CODECS.encode(message, serializer);
            for (int k = 0; k < MUTANTS && bytes.length < 2_000; k++) {
                accepted += check(serializer, mutator.mutate(bytes));
            }
        }
        assertThat(accepted).as("mutants still accepted").isBetween(MESSAGES, MESSAGES * MUTANTS);
    }

    /** How many decoders accepted the bytes: that for routers, that for clients, or both. */
    private static int check(Serializer serializer, byte[] bytes) {
        Codec codec = CodecFixture.CODECS.of(serializer);
        try {
            return accepted(() -> codec.decodeFromClient(bytes)) + accepted(() -> codec.decodeFromRouter(bytes));
        } catch (Throwable failure) {
            byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, LOGGED_BYTES));
            throw new AssertionError(serializer + " " + HexFormat.of().formatHex(head), failure);
        }
    }

    private static int accepted(Decoding decoding) {
        Message message;
        try {
            message = decoding.decode();
        } catch (ProtocolViolationException violation) {
            assertThat(violation.getMessage()).isNotBlank().hasSizeLessThan(200);
            return 0;
        }
        for (Serializer target : Serializer.values()) {
            forward(message, target);
        }
        return 1;
    }

    private static void forward(Message message, Serializer target) {
        try {
            CodecFixture.CODECS.arguments(message.payload());
            assertThat(CodecFixture.CODECS.encode(message, target)).isNotEmpty();
        } catch (UnrepresentableException | ProtocolViolationException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private interface Decoding {
        Message decode();
    }
}
