package io.junctor.router.cluster;

import io.junctor.router.turn.InTurn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What other routers sent to callees of this one behind an INVOCATION that waits: until its callee is registered here, or until this router may
 * hand out what only one may. It must not overtake that INVOCATION. Confined to the realm's turn.
 */
public final class WaitingMessages {
    /** What waits for one session. */
    private static final class OfSession {
        final List<Runnable> messages = new ArrayList<>();
        boolean awaitsRight;
    }

    private final Map<Long, OfSession> bySession = new HashMap<>();

    /** Nothing waits. */
    public WaitingMessages() {}

    /** Whether what comes for the session has to wait. */
    @InTurn
    public boolean areFor(long session) {
        return !bySession.isEmpty() && bySession.containsKey(session);
    }

    /** Lets a message wait behind the others for the session; if it is the first one, until {@link #onClaimEnded}. */
    @InTurn
    public void add(long session, Runnable message) {
        bySession.computeIfAbsent(session, id -> new OfSession()).messages.add(message);
    }

    /** From now on what comes for the session waits until {@link #onRight}. */
    @InTurn
    public void awaitRight(long session) {
        bySession.computeIfAbsent(session, id -> new OfSession()).awaitsRight = true;
    }

    /** A REGISTER of the session was answered, or is decided anew. */
    @InTurn
    public void onClaimEnded(long session) {
        OfSession waiting = bySession.get(session);
        if (waiting != null && !waiting.awaitsRight) {
            onRight(session);
        }
    }

    /** Takes what waits; where a message has to wait again, so has all that is behind it. */
    @InTurn
    public void onRight(long session) {
        OfSession waiting = bySession.remove(session);
        if (waiting != null) {
            waiting.messages.forEach(Runnable::run);
        }
    }
}
