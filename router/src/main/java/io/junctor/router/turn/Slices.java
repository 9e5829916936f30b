package io.junctor.router.turn;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Belongs to the turn. Work of many steps, such as the end of a session with all that it holds. It is done in slices of about {@link #SLICE}
 * steps: others get the turn between two slices, and a worker begins each slice but the first, so that no I/O thread is kept by it.
 */
public final class Slices {
    /** How many steps one turn does. */
    public static final int SLICE = 1_000;

    private final Turnstile turnstile;
    private boolean running;
    private int left;

    Slices(Turnstile turnstile) {
        this.turnstile = turnstile;
    }

    /**
     * Does {@code step} for each of {@code items}, then {@code after}; before this returns where the slice has room for all of it. What a step
     * begins with this method shares the slice.
     */
    @InTurn
    public <T> void forEach(Iterable<T> items, Consumer<T> step, Runnable after) {
        Iterator<T> rest = items.iterator();
        repeat(
                () -> {
                    boolean more = rest.hasNext();
                    if (more) {
                        step.accept(rest.next());
                    }
                    return more;
                },
                after);
    }

    /** Does {@code step} until it is false, then {@code after}, as {@link #forEach} does. */
    @InTurn
    void repeat(BooleanSupplier step, Runnable after) {
        inSlice(() -> goOn(step, after));
    }

    /** A step costs as much as so many more, for example as it delivers an event to so many sessions. */
    @InTurn
    public void spend(int steps) {
        left -= steps;
    }

    @InTurn
    private void inSlice(Runnable work) {
        if (running) {
            work.run();
            return;
        }
        running = true;
        left = SLICE;
        try {
            work.run();
        } finally {
            running = false;
        }
    }

    @InTurn
    private void goOn(BooleanSupplier step, Runnable after) {
        while (left > 0) {
            left--;
            if (!isDone(step)) {
                left++;
                after.run();
                return;
            }
        }
        turnstile.runLater(() -> repeat(step, after));
    }

    /** Whether there was something to do; a step that fails stops no other. */
    private boolean isDone(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (RuntimeException fault) {
            turnstile.tell(fault);
            return true;
        }
    }
}
