package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegistrationCallsTest {
    private final RegistrationCalls calls = new RegistrationCalls();

    @Test
    void theFirstCallsAndThenEach16thAreTimed() {
        int timed = 0;
        for (int i = 0; i < 64 + 160; i++) {
            timed += calls.begin() ? 1 : 0;
        }
        assertThat(timed).isEqualTo(64 + 10);
        assertThat(calls.begun).isEqualTo(224);
    }

    @Test
    void aQuantileIsAtMostAQuarterTooHigh() {
        assertThat(calls.quantileMillis(0.5)).isNull();
        for (long micros = 1; micros < 1L << 34; micros = Math.max(micros + 1, micros * 9 / 8)) {
            RegistrationCalls one = new RegistrationCalls();
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
            calls.timed(1_000_000);
        }
        calls.timed(500_000_000);
        calls.timed(500_000_000);
        assertThat(calls.quantileMillis(0.5)).isBetween(1.0, 1.25);
        assertThat(calls.quantileMillis(0.99)).isBetween(500.0, 625.0);
    }

    @Test
    void recentCallsCountMoreThanOldOnes() {
        for (int i = 0; i < 10_000; i++) {
            calls.timed(500_000_000);
        }
        for (int i = 0; i < 4_000; i++) {
            calls.timed(1_000_000);
        }
        assertThat(calls.quantileMillis(0.5)).isBetween(1.0, 1.25);
    }

    @Test
    void aClockThatGoesBackIsNoHarm() {
        calls.timed(-5_000_000);
        assertThat(calls.quantileMillis(0.5)).isEqualTo(0.001);
    }
}
