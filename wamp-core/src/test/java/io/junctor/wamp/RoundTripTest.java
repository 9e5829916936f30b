package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Serializer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random messages of all types are unchanged after transcoding between every pair of serializations. */
class RoundTripTest {
    private static final int MESSAGES = 200;
    private static final Codecs CODECS = new Codecs(new CodecLimits(64 << 20, 64, 1 << 16));

    private final Random random = RandomSeed.random(this);

    // SER-12, SER-08
    @Test
    void messagesOfClientsSurviveEveryPair() throws UnrepresentableException {
        RandomMessages messages = new RandomMessages(random);
        Set<Integer> codes = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            for (Serializer source : Serializer.values()) {
                FromClient message = messages.fromClient(source);
                codes.add(message.code());
                String meaning = CanonicalText.of(message, CODECS);
                for (Serializer target : Serializer.values()) {
                    Message arrived = CODECS.of(target).decodeFromClient(CODECS.encode(message, target));
                    assertThat(CanonicalText.of(arrived, CODECS))
                            .as("%s to %s", source, target)
                            .isEqualTo(meaning);
                }
            }
        }
        assertThat(codes).hasSize(13);
    }

    // SER-12, SER-08
    @Test
    void messagesOfRoutersSurviveEveryPair() throws UnrepresentableException {
        RandomMessages messages = new RandomMessages(random);
        Set<Integer> codes = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            for (Serializer source : Serializer.values()) {
                FromRouter message = messages.fromRouter(source);
                codes.add(message.code());
                String meaning = CanonicalText.of(message, CODECS);
                for (Serializer target : Serializer.values()) {
                    Message arrived = CODECS.of(target).decodeFromRouter(CODECS.encode(message, target));
                    assertThat(CanonicalText.of(arrived, CODECS))
                            .as("%s to %s", source, target)
                            .isEqualTo(meaning);
                }
            }
        }
        assertThat(codes).hasSize(14);
    }
}
