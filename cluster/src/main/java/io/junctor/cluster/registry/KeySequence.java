package io.junctor.cluster.registry;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the asynchronous steps of a key one after the other; steps of different keys are independent. Thread-safe. */
public final class KeySequence {
    /** For each key with a running step, the steps that wait for their turn. Guarded by this. */
    private final Map<String, Queue<Supplier<CompletionStage<?>>>> waitingByKey = new HashMap<>();

    /** Starts {@code step} when all earlier steps of {@code key} have completed, normally or exceptionally. */
    public void run(String key, Supplier<CompletionStage<?>> step) {
        if (!isBehind(key, step)) {
            start(key, step);
        }
    }

    private synchronized boolean isBehind(String key, Supplier<CompletionStage<?>> step) {
        Queue<Supplier<CompletionStage<?>>> waiting = waitingByKey.get(key);
        if (waiting == null) {
            waitingByKey.put(key, new ArrayDeque<>(0));
            return false;
        }
        return waiting.add(step);
    }

    /** Runs a step. Steps that complete at once run in a loop instead of a recursion, because they may be many. */
    private void start(String key, Supplier<CompletionStage<?>> first) {
        @Nullable Supplier<CompletionStage<?>> step = first;
        while (step != null) {
            CompletableFuture<?> running = step.get().toCompletableFuture();
            if (!running.isDone()) {
                var unused = running.whenComplete((result, failure) -> goOn(key));
                return;
            }
            step = next(key);
        }
    }

    private void goOn(String key) {
        Supplier<CompletionStage<?>> next = next(key);
        if (next != null) {
            start(key, next);
        }
    }

    private synchronized @Nullable Supplier<CompletionStage<?>> next(String key) {
        Queue<Supplier<CompletionStage<?>>> waiting = waitingByKey.get(key);
        Supplier<CompletionStage<?>> next = waiting == null ? null : waiting.poll();
        if (next == null) {
            waitingByKey.remove(key);
        }
        return next;
    }
}
