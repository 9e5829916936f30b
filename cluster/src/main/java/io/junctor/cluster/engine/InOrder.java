package io.junctor.cluster.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one at a time, in the order in which they were added. An action runs when it is ready and all earlier actions have run.
 * Thread-safe.
 */
public final class InOrder {
    /** An action that has not run yet. */
    private static final class Step {
        final Runnable action;
        boolean isReady;

        Step(Runnable action) {
            this.action = action;
        }
    }

    /** Guarded by this, as are the fields of each step. */
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Whether a thread runs actions. Guarded by this. */
    private boolean isRunning;

    /**
     * Adds an action. The returned task marks the action as ready, and runs all actions whose turn has come. Running the task again has no
     * effect.
     */
    public synchronized Runnable add(Runnable action) {
        Step step = new Step(action);
        steps.add(step);
        return () -> ready(step);
    }

    private void ready(Step step) {
        if (!markReady(step)) {
            return;
        }
        for (Step next = next(); next != null; next = next()) {
            next.action.run();
        }
    }

    /** Marks a step as ready; returns whether the calling thread has to run actions. */
    private synchronized boolean markReady(Step step) {
        boolean isMine = !isRunning && !step.isReady;
        step.isReady = true;
        isRunning |= isMine;
        return isMine;
    }

    private synchronized @Nullable Step next() {
        Step first = steps.peek();
        if (first == null || !first.isReady) {
            isRunning = false;
            return null;
        }
        return steps.remove();
    }
}
