package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;

/** Flushes a link once at the end of each pass that gave it something to send. {@link #soon} belongs to the turn. */
public final class LinkFlush {
    private final RealmLink link;
    private final Runnable flush = this::flush;
    /** Set in the turn, cleared by the flush before it sends. */
    private volatile boolean dirty;

    /** Flushes {@code link}. */
    public LinkFlush(RealmLink link) {
        this.link = link;
    }

    /** Flushes when the current pass ends. */
    @InTurn
    public void soon() {
        if (!dirty) {
            dirty = true;
            Pass.current().atEnd(flush);
        }
    }

    private void flush() {
        dirty = false;
        link.flush();
    }
}
