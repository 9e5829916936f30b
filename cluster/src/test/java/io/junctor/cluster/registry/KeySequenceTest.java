package io.junctor.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeySequenceTest {
    private final KeySequence steps = new KeySequence();

    @Test
    void manyStepsWaitForOne() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        AtomicInteger count = new AtomicInteger();
        steps.run("key", () -> first);
        for (int i = 0; i < 100_000; i++) {
            steps.run("key", () -> CompletableFuture.completedFuture(count.incrementAndGet()));
        }
        assertThat(count).hasValue(0);
        first.complete(null);
        assertThat(count).hasValue(100_000);
        steps.run("key", () -> CompletableFuture.completedFuture(count.incrementAndGet()));
        assertThat(count).hasValue(100_001);
    }
}
