package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to certain routers, at the end of the pass, and notices which of them takes no more: then the session whose request they are
 * of has to pause. Confined to the realm's turn.
 */
public final class DirectMessages {
    private final RealmLink link;
    private final LinkFlush flush;
    /** The router that took no more, of the request that is running. */
    private @Nullable Long full;

    /** Sends over {@code link}. */
    public DirectMessages(RealmLink link) {
        this.link = link;
        this.flush = new LinkFlush(link);
    }

    /** A request of a session begins. */
    @InTurn
    public void begin() {
        full = null;
    }

    /** The request is done: returns a router that takes no more of what it has sent, or null. */
    @InTurn
    public @Nullable Long end() {
        Long router = full;
        full = null;
        return router;
    }

    /** As {@link RealmLink#toCallee}. */
    @InTurn
    public void toCallee(long router, long session, FromRouter message, boolean mayGoElsewhere) {
        note(router, link.toCallee(router, session, message, mayGoElsewhere));
    }

    /** As {@link RealmLink#fromCallee}. */
    @InTurn
    public void fromCallee(long router, long session, FromClient message) {
        note(router, link.fromCallee(router, session, message));
    }

    /** As {@link RealmLink#giveBack}. */
    @InTurn
    public void giveBack(long router, long session, ErrorMessage error) {
        link.giveBack(router, session, error);
        flush.soon();
    }

    /** As {@link RealmLink#signal}. */
    @InTurn
    public void signal(long router, long session, LivenessSignal signal) {
        link.signal(router, session, signal);
        flush.soon();
    }

    @InTurn
    private void note(long router, boolean isWritable) {
        if (!isWritable) {
            full = router;
        }
        flush.soon();
    }
}
