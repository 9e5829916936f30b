package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainLoopTest {
    private final DrainLoop loop = new DrainLoop();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void aCallDuringARoundCausesOneMoreRound() {
        loop.run(() -> {
            if (rounds.incrementAndGet() == 1) {
                loop.run(rounds::incrementAndGet);
                loop.run(rounds::incrementAndGet);
                assertThat(rounds).hasValue(1);
            }
        });
        assertThat(rounds).hasValue(2);
    }

    @Test
    void aRoundThatFailsDoesNotPreventTheNext() {
        assertThatThrownBy(() -> loop.run(() -> {
                    throw new IllegalStateException("as the test wants it");
                }))
                .hasMessage("as the test wants it");
        loop.run(rounds::incrementAndGet);
        assertThat(rounds).hasValue(1);
    }
}
