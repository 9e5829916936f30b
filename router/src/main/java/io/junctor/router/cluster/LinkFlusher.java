package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;

/** Flushes a link once at the end of each pass that gave it messages to send. {@link #soon} is called in the turn. */
public final class LinkFlusher {
    private final RealmLink link;
    private final Runnable flush = this::flush;
    /** Whether a flush is requested: set in the turn, cleared by the flush before it sends. */
    private volatile boolean dirty;

    /** Creates a flusher of {@code link}. */
    public LinkFlusher(RealmLink link) {
        this.link = link;
    }

    /** Requests a flush at the end of the current pass. */
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
