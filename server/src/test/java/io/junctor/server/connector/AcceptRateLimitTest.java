package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.turn.ManualTimers;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptRateLimitTest {
    private static final int PER_SECOND = 10;
    private static final int MANY = 1_000;

    private final ManualTimers timers = new ManualTimers();

    @Test
    void aBurstOfATenthOfASecondPassesAndTheNextWaitsForItsTime() throws Exception {
        AcceptRateLimit pace = new AcceptRateLimit(timers, PER_SECOND, () -> MANY);
        pace.awaitTurn();
        pace.awaitTurn();
        FutureTask<Void> third = turn(pace);
        await().until(() -> timers.waiting() == 1);
        timers.advance(Duration.ofMillis(99));
        assertThat(third.isDone()).isFalse();
        timers.advance(Duration.ofMillis(1));
        third.get(10, TimeUnit.SECONDS);
    }

    @Test
    void quietTimeIsNotSavedUp() throws Exception {
        AcceptRateLimit pace = new AcceptRateLimit(timers, PER_SECOND, () -> MANY);
        timers.advance(Duration.ofMinutes(1));
        pace.awaitTurn();
        pace.awaitTurn();
        FutureTask<Void> third = turn(pace);
        await().until(() -> timers.waiting() == 1);
        timers.advance(Duration.ofMillis(100));
        third.get(10, TimeUnit.SECONDS);
    }

    @Test
    void withTooManySocketsTheNextWaitsUntilOneIsGone() throws Exception {
        AcceptRateLimit pace = new AcceptRateLimit(timers, PER_SECOND, () -> 2);
        FutureTask<Void> next = waiting(pace);
        pace.onClosed();
        next.get(10, TimeUnit.SECONDS);
    }

    @Test
    void withTooManySocketsTheNextWaitsUntilTheLimitIsRaised() throws Exception {
        AtomicInteger most = new AtomicInteger(2);
        AcceptRateLimit pace = new AcceptRateLimit(timers, PER_SECOND, most::get);
        FutureTask<Void> next = waiting(pace);
        most.set(3);
        pace.recheck();
        next.get(10, TimeUnit.SECONDS);
    }

    /** The next one while two sockets are open. */
    private static FutureTask<Void> waiting(AcceptRateLimit pace) {
        pace.onOpened();
        pace.onOpened();
        FutureTask<Void> next = new FutureTask<>(() -> {
            pace.awaitTurn();
            return null;
        });
        Thread acceptor = Thread.ofPlatform().start(next);
        await().until(() -> acceptor.getState() == Thread.State.WAITING);
        return next;
    }

    private static FutureTask<Void> turn(AcceptRateLimit pace) {
        FutureTask<Void> turn = new FutureTask<>(() -> {
            pace.awaitTurn();
            return null;
        });
        Thread.ofVirtual().start(turn);
        return turn;
    }
}
