package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimersTest {
    private final ManualTimers timers = new ManualTimers();
    private final List<String> ran = new ArrayList<>();

    @Test
    void timeStandsStillUntilItIsAdvanced() {
        long beforeNanos = timers.nanos();
        timers.advance(Duration.ofMillis(3));
        assertThat(timers.nanos() - beforeNanos).isEqualTo(3_000_000);
    }

    @Test
    void whatIsDueRunsInTheOrderOfTime() {
        timers.after(Duration.ofSeconds(2), () -> ran.add("later"));
        timers.after(Duration.ofSeconds(1), () -> ran.add("sooner"));
        timers.after(Duration.ofSeconds(4), () -> ran.add("too late"));
        timers.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("sooner", "later");
        assertThat(timers.pending()).isEqualTo(1);
    }

    @Test
    void anActionSeesTheTimeItWasDueAt() {
        long startNanos = timers.nanos();
        timers.after(Duration.ofSeconds(1), () -> ran.add(String.valueOf(timers.nanos() - startNanos)));
        timers.advance(Duration.ofMinutes(1));
        assertThat(ran).containsExactly("1000000000");
    }

    @Test
    void periodicActionsRunOncePerPeriodUntilCanceled() {
        Timers.Timer timer = timers.every(Duration.ofSeconds(1), () -> ran.add("tick"));
        timers.advance(Duration.ofMillis(3_500));
        timer.cancel();
        timers.advance(Duration.ofSeconds(10));
        assertThat(ran).hasSize(3);
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void whatAnActionStartsRunsInTheSameAdvance() {
        timers.after(Duration.ofSeconds(1), () -> timers.after(Duration.ofSeconds(1), () -> ran.add("second")));
        timers.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("second");
    }
}
