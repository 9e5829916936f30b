package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Watcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a watcher is told of a stream that does not always answer. */
class NatsWatchTest {
    private final List<Entry> records = new ArrayList<>(List.of(entry("first", 1), entry("second", 2)));
    private boolean answers = true;
    private int caughtUp;
    private final List<String> deleted = new ArrayList<>();
    private final NatsWatch watch = new NatsWatch("prefix.", new Stream(), new Counting(), Runnable::run, closed -> {});

    @Test
    void aStreamThatCouldNotBeReadIsReadWhenItAnswersAgainThoughItIsTheSame() {
        watch.read();
        assertThat(caughtUp).isEqualTo(1);
        answers = false;
        watch.read();
        watch.onTick();
        assertThat(caughtUp).isEqualTo(1);

        answers = true;
        watch.onTick();
        assertThat(caughtUp).isEqualTo(2);
        watch.onTick();
        watch.check();
        assertThat(caughtUp).isEqualTo(2);
    }

    @Test
    void aRecordThatWasTakenOutOfTheStreamIsNoticed() {
        watch.read();
        records.removeLast();
        watch.check();
        assertThat(deleted).containsExactly("second");
        assertThat(caughtUp).isEqualTo(2);
        watch.check();
        assertThat(caughtUp).isEqualTo(2);
    }

    private static Entry entry(String key, long revision) {
        return new Entry(key, revision, new byte[0]);
    }

    private final class Stream implements NatsWatch.Source {
        @Override
        public StreamReader.Extent extent() throws StreamReader.UnreadableException {
            return answer(new StreamReader.Extent(2, records.size(), 1));
        }

        @Override
        public StreamReader.Content read() throws StreamReader.UnreadableException {
            return answer(new StreamReader.Content(List.copyOf(records), 2, 1));
        }

        private <T> T answer(T answer) throws StreamReader.UnreadableException {
            if (!answers) {
                throw new StreamReader.UnreadableException(new IOException("no leader"));
            }
            return answer;
        }
    }

    private final class Counting implements Watcher {
        @Override
        public void onEntry(Entry entry) {}

        @Override
        public void onDeleted(String key, long revision) {
            deleted.add(key);
        }

        @Override
        public void onCaughtUp(long revision) {
            caughtUp++;
        }
    }
}
