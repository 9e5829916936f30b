package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {
    private long nowNanos = Long.MAX_VALUE - 5;
    private final FailureThrottle throttle = new FailureThrottle(10, () -> nowNanos);

    @Test
    void closesAfterAsManyFailuresAsAMinuteForgives() {
        fail("a", 9);
        assertThat(throttle.isClosed("a")).isFalse();
        fail("a", 1);
        assertThat(throttle.isClosed("a")).isTrue();
        assertThat(throttle.isClosed("b")).isFalse();
    }

    @Test
    void forgivesOneFailureAfterTheOther() {
        fail("a", 10);
        pass(Duration.ofMillis(5_999));
        assertThat(throttle.isClosed("a")).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(throttle.isClosed("a")).isFalse();
        fail("a", 1);
        assertThat(throttle.isClosed("a")).isTrue();
    }

    @Test
    void manyFailuresAtOnceWaitLongerButNotForEver() {
        fail("a", 100_000);
        pass(Duration.ofMinutes(9));
        assertThat(throttle.isClosed("a")).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(throttle.isClosed("a")).isFalse();
    }

    @Test
    void namesThatAreForgivenMakeRoom() {
        for (int i = 0; i < 100_000; i++) {
            throttle.failed("name " + i);
        }
        fail("late", 20);
        assertThat(throttle.isClosed("late")).isFalse();
        pass(Duration.ofMinutes(1));
        fail("late", 20);
        assertThat(throttle.isClosed("late")).isTrue();
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(name);
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }
}
