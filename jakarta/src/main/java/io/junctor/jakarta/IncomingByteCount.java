package io.junctor.jakarta;

import io.junctor.router.memory.IncomingMessageBudget;

/** Counts the bytes of incoming messages that one connection holds, as long as it is open. Thread-safe. */
final class IncomingByteCount {
    // Guarded by this.
    private final IncomingMessageBudget.Share share;
    private boolean released;

    IncomingByteCount(IncomingMessageBudget.Share share) {
        this.share = share;
    }

    synchronized void hold(int bytes) {
        if (!released) {
            share.hold(bytes);
        }
    }

    synchronized void release() {
        released = true;
        share.hold(0);
    }
}
