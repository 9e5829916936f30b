package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to single routers at the end of the pass. If a router can take no more messages, the session whose request caused the
 * messages has to pause. Confined to the realm's turn.
 */
public final class DirectMessageSender {
    private final RealmLink link;
    private final LinkFlusher flush;
    /** A router that took no more messages during the present request, or null. */
    private @Nullable Long full;

    /** Creates a sender that uses {@code link}. */
    public DirectMessageSender(RealmLink link) {
        this.link = link;
        this.flush = new LinkFlusher(link);
    }

    /** Called when a request of a session begins. */
    @InTurn
    public void begin() {
        full = null;
    }

    /** Called when the request has ended. Returns a router that took no more messages during the request, or null. */
    @InTurn
    public @Nullable Long end() {
        Long router = full;
        full = null;
        return router;
    }

    /** Sends a message to a callee, see {@link RealmLink#toCallee}. */
    @InTurn
    public void toCallee(long router, long session, FromRouter message, boolean mayGoElsewhere) {
        note(router, link.toCallee(router, session, message, mayGoElsewhere));
    }

    /** Sends an answer of a callee, see {@link RealmLink#fromCallee}. */
    @InTurn
    public void fromCallee(long router, long session, FromClient message) {
        note(router, link.fromCallee(router, session, message));
    }

    /** Returns an INVOCATION, see {@link RealmLink#giveBack}. */
    @InTurn
    public void giveBack(long router, long session, ErrorMessage error) {
        link.giveBack(router, session, error);
        flush.soon();
    }

    /** Sends a signal about a callee, see {@link RealmLink#signal}. */
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
