package io.junctor.router.turn;

import java.util.ArrayList;

/**
 * Used by one thread, which it belongs to. Everything a thread does for one entry from outside (a readable socket, a timer, a
 * call in the process): what became dirty on the way is flushed once, at the end, when nothing is held any more.
 *
 * <p>Passes nest: only the outermost {@link #close} flushes.
 *
 * <pre>{@code
 * try (Pass pass = Pass.open()) {
 *     receiver.onMessage(message);
 * }
 * }</pre>
 */
public final class Pass implements AutoCloseable {
    private static final ThreadLocal<Pass> CURRENT = ThreadLocal.withInitial(Pass::new);

    private final ArrayList<Runnable> dirty = new ArrayList<>();
    private int depth;

    private Pass() {}

    /** Enters a pass of this thread, or goes deeper into the one it is in. */
    public static Pass open() {
        Pass pass = CURRENT.get();
        pass.depth++;
        return pass;
    }

    /** The pass this thread is in. */
    public static Pass current() {
        Pass pass = CURRENT.get();
        assert pass.depth > 0 : "outside of a pass";
        return pass;
    }

    /** Runs {@code flush} when the outermost pass ends. The caller sees to it that it is added once. */
    public void atEnd(Runnable flush) {
        dirty.add(flush);
    }

    /**
     * Leaves the pass; the outermost one flushes, also what becomes dirty meanwhile. A flush that fails stops no other: the first
     * fault is thrown in the end.
     */
    @Override
    public void close() {
        try {
            if (depth == 1) {
                flush();
            }
        } finally {
            depth--;
        }
    }

    private void flush() {
        Throwable fault = null;
        for (int i = 0; i < dirty.size(); i++) {
            try {
                dirty.get(i).run();
            } catch (RuntimeException | Error problem) {
                fault = fault == null ? problem : fault;
            }
        }
        dirty.clear();
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault instanceof RuntimeException problem) {
            throw problem;
        }
    }
}
