package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.turn.ManualTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ConfirmationTimeoutsTest {
    private final ManualTimers timers = new ManualTimers();
    private final ConfirmationTimeouts timeouts = new ConfirmationTimeouts(timers);

    @Test
    void aConfirmationThatDoesNotComeFailsAfterTenSeconds() {
        CompletableFuture<Void> missing = limited();
        pass(Duration.ofMillis(500));
        CompletableFuture<Void> later = limited();
        pass(Duration.ofMillis(9_400));
        assertThat(missing).isNotDone();
        pass(Duration.ofMillis(100));
        assertThatThrownBy(missing::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(later).isNotDone();
        pass(Duration.ofMillis(500));
        assertThat(later).isCompletedExceptionally();
    }

    @Test
    void aConfirmationThatHasComeStays() {
        CompletableFuture<Void> missing = limited();
        CompletableFuture<Void> come = limited();
        come.complete(null);
        pass(Duration.ofSeconds(11));
        assertThat(missing).isCompletedExceptionally();
        assertThat(come).isCompletedWithValue(null);
        assertThat(timers.waiting()).as("timers").isZero();
    }

    private void pass(Duration time) {
        timers.advance(time);
        timeouts.onSecond();
    }

    private CompletableFuture<Void> limited() {
        CompletableFuture<Void> confirmation = new CompletableFuture<>();
        timeouts.limit(confirmation);
        return confirmation;
    }
}
