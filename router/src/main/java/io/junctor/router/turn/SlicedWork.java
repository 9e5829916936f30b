package io.junctor.router.turn;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does work of many steps, such as the end of a session that holds many subscriptions, in slices of about {@link
 * #SLICE} steps. Other operations get the turn between two slices. A worker begins each slice except the first, so that
 * the work does not occupy an I/O thread. Confined to the realm's turn.
 */
public final class SlicedWork {
    /** The number of steps in one turn. */
    public static final int SLICE = 1_000;

    private final Turnstile turnstile;
    private boolean running;
    private int left;

    SlicedWork(Turnstile turnstile) {
        this.turnstile = turnstile;
    }

    /**
     * Runs {@code step} for each of {@code items}, then runs {@code after}; all of this before the method returns if the slice has room for
     * all steps. If a step calls this method, the inner steps count in the same slice.
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

    /** Runs {@code step} until it returns false, then runs {@code after}, in slices as {@link #forEach} does. */
    @InTurn
    void repeat(BooleanSupplier step, Runnable after) {
        inSlice(() -> goOn(step, after));
    }

    /** Counts {@code steps} more steps in this slice, for example because a step delivers an event to many sessions. */
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

    /** Runs one step; returns false if no step is left. A step that fails does not prevent the next steps. */
    private boolean isDone(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (RuntimeException | Error fault) {
            turnstile.tell(fault);
            return true;
        }
    }
}
