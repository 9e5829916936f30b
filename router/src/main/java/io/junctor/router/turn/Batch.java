package io.junctor.router.turn;

import org.jspecify.annotations.Nullable;

/**
 * Used by one thread, which it belongs to. The operations that a pass collected for one turnstile, to be run in one turn: each
 * turn that is taken costs two threads that share a realm the same, however much is done in it.
 */
final class Batch {
    /** So many are run together at most: others wait for the turn meanwhile. */
    static final int MOST = 16;
    /** No more are collected behind so many bytes. */
    static final int MOST_BYTES = 1 << 16;

    private @Nullable Turnstile turnstile;
    private Turnstile.@Nullable Waiting first;
    private Turnstile.@Nullable Waiting last;
    private int size;
    private long bytes;

    boolean isEmpty() {
        return first == null;
    }

    /** Runs what is there if it is for another turnstile or enough with this one. */
    void add(Turnstile target, Turnstile.Waiting operation) {
        if (turnstile != target) {
            run();
            turnstile = target;
        }
        if (last == null) {
            first = operation;
        } else {
            last.next = operation;
        }
        last = operation;
        size++;
        bytes += operation.bytes;
        if (size == MOST || bytes >= MOST_BYTES) {
            run();
        }
    }

    /**
     * Empty before it runs: what follows from that may be collected here again. The thread lives longer than a realm, so nothing of
     * the realm stays here.
     */
    void run() {
        Turnstile.Waiting due = first;
        Turnstile target = turnstile;
        if (due != null && target != null) {
            turnstile = null;
            first = null;
            last = null;
            size = 0;
            bytes = 0;
            target.runAll(due);
        }
    }
}
