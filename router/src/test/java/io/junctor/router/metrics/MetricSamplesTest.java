package io.junctor.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricSamplesTest {
    private static final long PERIOD_NANOS = MetricSamples.PERIOD.toNanos();
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private final MetricSamples samples = new MetricSamples(new Counters(), List::of, NOON);

    @Test
    void samplesAreTakenWhateverTheTimeOfDayIsSetTo() {
        Instant back = NOON.minus(Duration.ofHours(1));
        Instant forward = NOON.plus(Duration.ofDays(1));
        samples.sample(0, NOON);
        samples.sample(PERIOD_NANOS, back);
        samples.sample(PERIOD_NANOS + 1, forward);
        samples.sample(2 * PERIOD_NANOS, forward);
        assertThat(samples.rows())
                .extracting(row -> Instant.ofEpochMilli(row.getFirst()))
                .containsExactly(NOON, back, forward);
    }
}
