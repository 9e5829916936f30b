package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Follower;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a follower is told of a stream that does not always answer. */
class NatsFollowingTest {
    private static final StreamReader.Extent EXTENT = new StreamReader.Extent(1, 1, 1);
    private static final StreamReader.Content CONTENT =
            new StreamReader.Content(List.of(new Entry("key", 1, new byte[0])), 1, 1);

    private boolean answers = true;
    private int caughtUp;
    private final NatsFollowing following =
            new NatsFollowing("prefix.", new Stream(), new Counting(), Runnable::run, closed -> {});

    @Test
    void aStreamThatCouldNotBeReadIsReadWhenItAnswersAgainThoughItIsTheSame() {
        following.read();
        assertThat(caughtUp).isEqualTo(1);
        answers = false;
        following.read();
        following.check();
        assertThat(caughtUp).isEqualTo(1);

        answers = true;
        following.check();
        assertThat(caughtUp).isEqualTo(2);
        following.check();
        assertThat(caughtUp).isEqualTo(2);
    }

    private final class Stream implements NatsFollowing.Source {
        @Override
        public StreamReader.Extent extent() throws StreamReader.UnreadableException {
            return answer(EXTENT);
        }

        @Override
        public StreamReader.Content read() throws StreamReader.UnreadableException {
            return answer(CONTENT);
        }

        private <T> T answer(T answer) throws StreamReader.UnreadableException {
            if (!answers) {
                throw new StreamReader.UnreadableException(new IOException("no leader"));
            }
            return answer;
        }
    }

    private final class Counting implements Follower {
        @Override
        public void onEntry(Entry entry) {}

        @Override
        public void onDeleted(String key, long revision) {}

        @Override
        public void onCaughtUp(long revision) {
            caughtUp++;
        }
    }
}
