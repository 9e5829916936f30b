package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final int MANY = 100_000;

    private final ManualTimers timers = new ManualTimers();
    private final List<Throwable> faults = new ArrayList<>();
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), workers::add, faults::add);
    private final Deadlines deadlines = new Deadlines(timers, turnstile);
    private int ran;

    @Test
    void muchThatIsDueAtOnceRunsInSlices() {
        inTurn(() -> {
            for (int i = 0; i < MANY; i++) {
                deadlines.after(1_000, () -> ran++);
            }
        });
        timers.advance(Duration.ofSeconds(1));
        assertThat(ran).as("in the turn of the tick").isEqualTo(SlicedWork.SLICE);
        for (int before = ran; !workers.isEmpty(); before = ran) {
            workers.remove().run();
            assertThat(ran - before).isLessThanOrEqualTo(SlicedWork.SLICE);
        }
        assertThat(ran).isEqualTo(MANY);
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsCanceledBetweenSlicesDoesNotRun() {
        List<Long> ids = new ArrayList<>();
        inTurn(() -> {
            for (int i = 0; i <= SlicedWork.SLICE; i++) {
                ids.add(deadlines.after(1_000, () -> ran++));
            }
        });
        timers.advance(Duration.ofSeconds(1));
        assertThat(ran).isEqualTo(SlicedWork.SLICE);
        inTurn(() -> deadlines.cancel(ids.getLast()));
        workers.remove().run();
        assertThat(ran).isEqualTo(SlicedWork.SLICE);
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void whateverIsSetAndCanceledTheRestRunsInOrderAndNotEarly() {
        for (long seed = 0; seed < 200; seed++) {
            play(new Random(seed), "seed " + seed);
        }
    }

    private void play(Random random, String seed) {
        List<Long> heard = new ArrayList<>();
        List<Due> open = new ArrayList<>();
        inTurn(() -> {
            for (long name = 0; name < 300; name++) {
                long said = name;
                long millis = random.nextInt(50);
                open.add(new Due(millis, name, deadlines.after(millis, () -> heard.add(said))));
                if (random.nextInt(3) == 0) {
                    deadlines.cancel(open.remove(random.nextInt(open.size())).id);
                }
            }
        });
        open.sort(Comparator.comparingLong(Due::millis).thenComparingLong(Due::name));
        timers.advance(Duration.ofMillis(20));
        assertThat(heard)
                .as(seed)
                .containsExactlyElementsOf(open.stream()
                        .filter(due -> due.millis <= 20)
                        .map(Due::name)
                        .toList());
        timers.advance(Duration.ofMillis(40));
        assertThat(heard)
                .as(seed)
                .containsExactlyElementsOf(open.stream().map(Due::name).toList());
        assertThat(deadlines.size()).isZero();
    }

    private record Due(long millis, long name, long id) {}

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
    }
}
