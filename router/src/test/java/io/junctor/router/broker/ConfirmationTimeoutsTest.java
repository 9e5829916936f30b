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
        timers.advance(Duration.ofMillis(500));
        CompletableFuture<Void> later = limited();
        timers.advance(Duration.ofMillis(9_400));
        assertThat(missing).isNotDone();
        timers.advance(Duration.ofMillis(100));
        assertThatThrownBy(missing::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(later).isNotDone();
        timers.advance(Duration.ofSeconds(1));
        assertThat(later).isCompletedExceptionally();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void confirmationsThatHaveComeNeedNoTimer() {
        CompletableFuture<Void> first = limited();
        CompletableFuture<Void> second = limited();
        second.complete(null);
        first.complete(null);
        assertThat(timers.waiting()).as("one timer for all").isEqualTo(1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(timers.waiting()).isZero();
        assertThat(limited()).isNotDone();
        assertThat(timers.waiting()).isEqualTo(1);
    }

    private CompletableFuture<Void> limited() {
        CompletableFuture<Void> confirmation = new CompletableFuture<>();
        timeouts.limit(confirmation);
        return confirmation;
    }
}
