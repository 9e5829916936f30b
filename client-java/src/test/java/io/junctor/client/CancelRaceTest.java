package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.meta.SessionMetaApi;
import io.junctor.wamp.options.CancelMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancels calls while results arrive, with real threads. Checks only what is always true. */
@Timeout(60)
class CancelRaceTest {
    private static final int ROUNDS = 3000;

    // RPC-08, RPC-CANCEL-07, RPC-CANCEL-12
    @Test
    void everyCallEndsOnceAndTheSessionsLiveOn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        CancelMode[] modes = CancelMode.values();
        try (Pair pair = new Pair()) {
            pair.bob.register("math.double", call -> 2 * call.argument(0, Integer.class));
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                int number = round;
                CallOptions options = CallOptions.DEFAULT.cancelMode(modes[random.nextInt(modes.length)]);
                CompletableFuture<Result> calling = pair.ann.async().call("math.double", Args.of(number), options);
                calls.add(calling.handle((result, failure) -> {
                    assertThat(isExpected(number, result, failure))
                            .as("seed " + seed)
                            .isTrue();
                    return null;
                }));
                int spins = random.nextInt(2000);
                for (int spin = 0; spin < spins; spin++) {
                    Thread.onSpinWait();
                }
                if (random.nextBoolean()) {
                    calling.cancel(true);
                }
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
            assertThat(pair.ann.call("math.double", 21).as(Integer.class)).isEqualTo(42);
            assertThat(pair.bob.isOpen()).isTrue();
        }
    }

    private static boolean isExpected(int number, Result result, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return switch (cause) {
            case null -> result.as(Integer.class) == 2 * number;
            case CancellationException canceled -> true;
            case WampException error -> error.uri().equals("wamp.error.canceled");
            default -> false;
        };
    }

    @Test
    void streamsThatAreLeftEarlyLeaveNothingBehind() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Pair pair = new Pair(client -> client.handlerBacklog(64))) {
            pair.bob.register("math.count", call -> {
                for (int i = 0; i < 50; i++) {
                    call.progress().orElseThrow().send(i);
                }
                return null;
            });
            for (int round = 0; round < 300; round++) {
                int wanted = random.nextInt(60);
                long expected = 0;
                try (ResultStream results = pair.ann.stream("math.count")) {
                    for (var parts = results.iterator(); expected < wanted && parts.hasNext(); expected++) {
                        assertThat(parts.next().as(Long.class))
                                .as("seed " + seed)
                                .isEqualTo(expected);
                    }
                }
                assertThat(expected).as("seed " + seed).isEqualTo(Math.min(wanted, 50));
            }
            assertThat(new SessionMetaApi(pair.ann).count()).isEqualTo(2);
        }
    }
}
