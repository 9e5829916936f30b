package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginQueueTest {
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void whoSendsManyAtOnceWaitsForItselfAndOthersForOneOfThem() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(1, 1, 1_000, 150));
        for (int i = 0; i < 150; i++) {
            assertThat(submit(attempts, "attacker")).isTrue();
        }
        assertThat(submit(attempts, "good")).isTrue();
        runAll();
        assertThat(done).hasSize(151);
        assertThat(done.indexOf("good")).isLessThanOrEqualTo(2);
        assertThat(attempts.waiting()).isZero();
    }

    @Test
    void addressesTakeTurnsHoweverManyEachHas() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(1, 1, 1_000, 100));
        for (int i = 0; i < 3; i++) {
            submit(attempts, "a");
            submit(attempts, "b");
        }
        runAll();
        assertThat(done).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void onlySoManyRunAtATimeInAllAndOfOneAddress() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(3, 2, 1_000, 100));
        for (int i = 0; i < 5; i++) {
            submit(attempts, "a");
        }
        assertThat(workers).hasSize(2);
        submit(attempts, "b");
        submit(attempts, "c");
        assertThat(workers).hasSize(3);
        runAll();
        assertThat(done).hasSize(7);
    }

    @Test
    void whatWaitsIsBoundedOfAnAddressAndInAll() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(1, 1, 5, 3));
        assertThat(submit(attempts, "a")).as("runs").isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(submit(attempts, "a")).isTrue();
        }
        assertThat(submit(attempts, "a")).as("too many of the address").isFalse();
        assertThat(submit(attempts, "b")).isTrue();
        assertThat(submit(attempts, "b")).isTrue();
        assertThat(submit(attempts, "b")).as("too many in all").isFalse();
        runAll();
        assertThat(done).hasSize(6);
        assertThat(submit(attempts, "b")).as("there is room again").isTrue();
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotDone() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(1, 1, 100, 100));
        boolean[] open = {true};
        for (int i = 0; i < 10; i++) {
            attempts.submit("a", () -> open[0], () -> done.add("a"));
        }
        workers.remove().run();
        open[0] = false;
        runAll();
        assertThat(done).hasSize(1);
        assertThat(attempts.waiting()).isZero();
    }

    @Test
    void aStepThatFailsMakesRoomForTheNext() {
        LoginQueue attempts = attempts(new LoginQueue.Bounds(1, 1, 100, 100));
        attempts.submit("a", () -> true, () -> {
            throw new IllegalStateException("planted");
        });
        submit(attempts, "a");
        Runnable failing = workers.remove();
        assertThat(catchThrowable(failing::run)).hasMessage("planted");
        runAll();
        assertThat(done).containsExactly("a");
    }

    private LoginQueue attempts(LoginQueue.Bounds bounds) {
        return new LoginQueue(bounds, workers::add);
    }

    private boolean submit(LoginQueue attempts, String address) {
        return attempts.submit(address, () -> true, () -> done.add(address));
    }

    private void runAll() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
