package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallStatisticsTest {
    private final CallStatistics statistics = new CallStatistics();

    @Test
    void theFirstCallsAndThenEach16thAreTimed() {
        int timed = 0;
        for (int i = 0; i < 64 + 160; i++) {
            timed += statistics.begin() ? 1 : 0;
        }
        assertThat(timed).isEqualTo(64 + 10);
        assertThat(statistics.calls).isEqualTo(224);
    }

    @Test
    void aQuantileIsAtMostAQuarterTooHigh() {
        assertThat(statistics.quantileMillis(0.5)).isNull();
        for (long micros = 1; micros < 1L << 34; micros = Math.max(micros + 1, micros * 9 / 8)) {
            CallStatistics one = new CallStatistics();
            one.timed(micros * 1_000);
            double millis = micros / 1_000.0;
            Double quantile = one.quantileMillis(0.99);
            if (micros < 1L << 30) {
                assertThat(quantile)
                        .as("%s us", micros)
                        .isGreaterThan(millis)
                        .isLessThanOrEqualTo(millis * 1.25 + 0.001);
            } else {
                assertThat(quantile).as("%s us", micros).isPositive();
            }
        }
    }

    @Test
    void halfOfTheCallsAndAlmostAllCallsAreTold() {
        for (int i = 0; i < 98; i++) {
            statistics.timed(1_000_000);
        }
        statistics.timed(500_000_000);
        statistics.timed(500_000_000);
        assertThat(statistics.quantileMillis(0.5)).isBetween(1.0, 1.25);
        assertThat(statistics.quantileMillis(0.99)).isBetween(500.0, 625.0);
    }

    @Test
    void recentCallsCountMoreThanOldOnes() {
        for (int i = 0; i < 10_000; i++) {
            statistics.timed(500_000_000);
        }
        for (int i = 0; i < 4_000; i++) {
            statistics.timed(1_000_000);
        }
        assertThat(statistics.quantileMillis(0.5)).isBetween(1.0, 1.25);
    }

    @Test
    void aClockThatGoesBackIsNoHarm() {
        statistics.timed(-5_000_000);
        assertThat(statistics.quantileMillis(0.5)).isEqualTo(0.001);
    }
}
