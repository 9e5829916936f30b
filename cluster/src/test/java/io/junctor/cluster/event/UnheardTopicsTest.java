package io.junctor.cluster.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events of a topic that no other router wants are sent all the same. */
class UnheardTopicsTest {
    private static final Uri TOPIC = new Uri("com.topic");
    private static final long MILLI = 1_000_000;

    private final UnheardTopics topics = new UnheardTopics();
    private final List<Long> sent = new ArrayList<>();

    @Test
    void anEventIsSentInTimeSoThatTheOthersNeedNotBe() {
        for (long now = 0; now < 1_000; now++) {
            publish(now, 7, true);
        }
        // The first ones find out that the topic is frequent.
        assertThat(sent.subList(0, 3)).containsExactly(0L, 1L, 51L);
        assertThat(sent).hasSizeBetween(20, 22);
    }

    @Test
    void allEventsAreSentWhenTheReportsEnd() {
        for (long now = 0; now < 20; now++) {
            publish(now, 7, true);
        }
        sent.clear();
        for (long now = 20; now < 200; now++) {
            publish(now, 7, false);
        }
        assertThat(sent).hasSizeBetween(99, 101);
    }

    @Test
    void allEventsAreSentWhenARouterMayHaveANewInterest() {
        for (long now = 0; now < 20; now++) {
            publish(now, 7, true);
        }
        sent.clear();
        publish(20, 8, false);
        publish(21, 8, false);
        publish(22, 0, false);
        assertThat(sent).containsExactly(20L, 21L, 22L);
    }

    /** The server tells at once that no router wants an event, if {@code isReported}. */
    private void publish(long now, long interestNumber, boolean isReported) {
        if (!topics.contains(TOPIC, interestNumber, now * MILLI)) {
            sent.add(now);
            Runnable report = topics.probe(TOPIC, interestNumber, now * MILLI);
            if (report != null && isReported) {
                report.run();
            }
        }
    }
}
