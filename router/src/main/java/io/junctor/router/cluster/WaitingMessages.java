package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Queues messages of other routers for callees of this router behind an INVOCATION that waits, because no message may overtake it. The
 * INVOCATION waits until its callee is registered on this router, or until this router may serve requests that only one router may serve.
 * Confined to the realm's turn.
 */
public final class WaitingMessages {
    /** The messages that wait for one session. */
    private static final class OfSession {
        final List<Runnable> messages = new ArrayList<>();
        boolean awaitsRight;
    }

    private final Map<Long, OfSession> bySession = new HashMap<>();

    /** Creates an empty queue. */
    public WaitingMessages() {}

    /** Whether messages for the session have to wait. */
    @InTurn
    public boolean areFor(long session) {
        return !bySession.isEmpty() && bySession.containsKey(session);
    }

    /** Queues a message for the session. Queued messages wait until {@link #onClaimEnded}, or until {@link #onRight} after {@link #awaitRight}. */
    @InTurn
    public void add(long session, Runnable message) {
        bySession.computeIfAbsent(session, id -> new OfSession()).messages.add(message);
    }

    /** Makes messages for the session wait until {@link #onRight}. */
    @InTurn
    public void awaitRight(long session) {
        bySession.computeIfAbsent(session, id -> new OfSession()).awaitsRight = true;
    }

    /** Called when a REGISTER of the session was answered, or has to be decided again. Processes the messages that waited for this. */
    @InTurn
    public void onClaimEnded(long session) {
        OfSession waiting = bySession.get(session);
        if (waiting != null && !waiting.awaitsRight) {
            onRight(session);
        }
    }

    /** Processes the messages that wait for the session. If a message has to wait once more, the messages behind it wait, too. */
    @InTurn
    public void onRight(long session) {
        OfSession waiting = bySession.remove(session);
        if (waiting != null) {
            waiting.messages.forEach(Runnable::run);
        }
    }
}
