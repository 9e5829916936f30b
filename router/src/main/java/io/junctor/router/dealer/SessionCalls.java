package io.junctor.router.dealer;

import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.match.IdMap;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.RequestIds;
import java.util.LinkedHashSet;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. What a session has to do with calls, as caller and as callee. */
final class SessionCalls {
    /** So many invocations whose caller wants nothing more are remembered. */
    private static final int MAX_UNINTERRUPTED = 1_000;

    final Session session;
    /** Section "IDs": the router's own requests to this session count from 1. */
    final RequestIds invocationIds = new RequestIds();
    /** Open calls of this caller by its request id. */
    final IdMap<PendingCall> calls = new IdMap<>();
    /** Open invocations of this callee by invocation id. */
    final Long2ObjectHashMap<PendingCall> invocations = new Long2ObjectHashMap<>();
    /** What this callee registered, by registration id. */
    final Long2ObjectHashMap<Callee> registrations = new Long2ObjectHashMap<>();
    /** Request ids of this caller's calls in several parts, open or over. */
    final ProgressiveCallIds progressiveCallIds = new ProgressiveCallIds();
    /** The bytes that its open calls keep: what they are about, and arguments where another callee may need them. */
    long keptBytes;
    /** Who else wants to register what this callee holds, while it is asked for a sign of life. */
    @Nullable
    CalleeProbe probe;
    /** How many of its own requests to register wait for such an answer. */
    int probing;
    /** Invocations that are over and send progress, of which this callee was not told. */
    private final Set<Long> uninterrupted = new LinkedHashSet<>(0);

    /** Whether this callee is told that partial results are welcome, and may send some. */
    final boolean takesProgress;

    SessionCalls(Session session, ProgressAnnouncement progress) {
        this.session = session;
        this.takesProgress = switch (progress) {
            case ALWAYS -> true;
            case ANNOUNCED ->
                session.roles().has(Role.CALLEE, Feature.PROGRESSIVE_CALL_RESULTS)
                        && session.roles().has(Role.CALLEE, Feature.CALL_CANCELING);
        };
    }

    /** Whether an {@code INTERRUPT} means something to this callee. */
    @InTurn
    boolean canBeInterrupted() {
        return session.isOpen() && session.roles().has(Role.CALLEE, Feature.CALL_CANCELING);
    }

    /** Whether this session can read payloads that the router does not, in a role (section "Payload Passthru Mode"). */
    @InTurn
    boolean supportsPassthru(Role role) {
        return session.roles().has(role, Feature.PAYLOAD_PASSTHRU_MODE);
    }

    /** Whether the router keeps so many more bytes for this caller: no more than its outbox would. */
    @InTurn
    boolean mayKeep(long bytes) {
        return keptBytes + bytes <= session.limits().outboxBytes();
    }

    /** Whether this callee may pass a call on (section "Call Re-Routing"). */
    @InTurn
    boolean canReroute() {
        return session.roles().has(Role.CALLEE, Feature.CALL_REROUTE);
    }

    /** Whether this callee takes calls in several parts (section "Progressive Call Invocations"). */
    @InTurn
    boolean acceptsProgressiveCalls() {
        return canBeInterrupted() && session.roles().has(Role.CALLEE, Feature.PROGRESSIVE_CALL_INVOCATIONS);
    }

    /** Remembers an invocation that is over and whose callee was not told. */
    @InTurn
    void addUninterrupted(long invocation) {
        if (uninterrupted.size() >= MAX_UNINTERRUPTED) {
            uninterrupted.clear();
        }
        uninterrupted.add(invocation);
    }

    /** Forgets such an invocation; false if it is none. */
    @InTurn
    boolean removeUninterrupted(long invocation) {
        return uninterrupted.remove(invocation);
    }
}
