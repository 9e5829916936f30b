package io.junctor.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricHistoryTest {
    private static final long PERIOD_NANOS = MetricHistory.PERIOD.toNanos();
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private final MetricHistory history = new MetricHistory(new Counters(), List::of, NOON);

    @Test
    void samplesAreTakenWhateverTheTimeOfDayIsSetTo() {
        Instant back = NOON.minus(Duration.ofHours(1));
        Instant forward = NOON.plus(Duration.ofDays(1));
        history.sample(0, NOON);
        history.sample(PERIOD_NANOS, back);
        history.sample(PERIOD_NANOS + 1, forward);
        history.sample(2 * PERIOD_NANOS, forward);
        assertThat(history.rows())
                .extracting(row -> Instant.ofEpochMilli(row.getFirst()))
                .containsExactly(NOON, back, forward);
    }
}
