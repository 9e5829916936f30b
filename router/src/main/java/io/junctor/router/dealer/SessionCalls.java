package io.junctor.router.dealer;

import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.match.IdMap;
import io.junctor.router.match.LongMap;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.RequestIds;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open calls, invocations and registrations of one session, as caller and as callee. Confined to the realm's turn.
 */
final class SessionCalls {
    /** The maximum size of {@link #uninterrupted}. */
    private static final int MAX_UNINTERRUPTED = 1_000;

    final Session session;
    /** The limit of the open calls of this caller. */
    int maxCalls;
    /** The limit of {@link #keptBytes}. */
    private int maxKeptBytes;
    /** The ids of INVOCATION messages to this session; they count from 1 (section "IDs"). */
    final RequestIds invocationIds;
    /** Open calls of this caller, by request id. */
    final IdMap<PendingCall> calls = new IdMap<>();
    /** Open invocations of this callee, by invocation id. */
    final LongMap<PendingCall> invocations = new LongMap<>();
    /** The registrations of this callee, by registration id; empty for a callee of another router. */
    final LongMap<Callee> registrations = new LongMap<>();
    /** Request ids of this caller's progressive calls, open or ended. */
    final ProgressiveCallIds progressiveCallIds = new ProgressiveCallIds();
    /** The bytes of heap that the open calls of this caller use, including arguments that are kept for another callee. */
    private long keptBytes;

    /** The order of the last call of this caller. */
    private long lastOrder;
    /** The number of open calls of this caller that may be moved to another callee. */
    private int movable;
    /** The order of the last call that was sent to each callee, by session id of the callee; kept only while {@link #movable} is not 0. */
    private @Nullable Long2LongHashMap lastByCallee;

    /** Reports {@link #keptBytes} to the budget of all outboxes and open calls; null before the first call. */
    private OutboxBudget.@Nullable OutboxAccount report;
    /** The running probe, while other sessions want to register a procedure of this callee; otherwise null. */
    @Nullable
    CalleeProbe probe;
    /** The number of REGISTER messages of this session that wait for the probe of another session. */
    int waitingRegisters;
    /**
     * Ended invocations with progressive results whose callee was not interrupted. It is interrupted at its next progressive result. Null
     * before the first such invocation.
     */
    private @Nullable Set<Long> uninterrupted;

    /** Whether this is a callee of another router, whose invocations may wait on that router. */
    final boolean isElsewhere;
    /** The number of open invocations of all callees of other routers; null for a session of this router. */
    private final @Nullable AtomicInteger openElsewhere;

    /** Whether the router of this remote callee has reported that the callee has open invocations there. */
    boolean isBusyElsewhere;

    /** Whether another router has asked if this callee is alive, and was not answered yet. */
    boolean isProbed;
    /** The time of the first question that was not answered yet. */
    long probedNanos;

    /** Whether INVOCATION messages to this callee contain {@code receive_progress} if the caller accepts progressive results. */
    final boolean acceptsProgress;

    SessionCalls(Session session, ProgressAnnouncement progress) {
        this(session, progress, new RequestIds(), null);
    }

    private SessionCalls(
            Session session,
            ProgressAnnouncement progress,
            RequestIds invocationIds,
            @Nullable AtomicInteger openElsewhere) {
        this.session = session;
        this.invocationIds = invocationIds;
        this.openElsewhere = openElsewhere;
        this.isElsewhere = openElsewhere != null;
        this.maxCalls = session.limits().pendingCalls();
        this.maxKeptBytes = session.limits().outboxBytes();
        this.acceptsProgress = switch (progress) {
            case ALWAYS -> true;
            case ANNOUNCED ->
                session.roles().has(Role.CALLEE, Feature.PROGRESSIVE_CALL_RESULTS)
                        && session.roles().has(Role.CALLEE, Feature.CALL_CANCELING);
        };
    }

    /**
     * Creates the entry of a callee of another router; the entry is removed when the callee has no calls.
     *
     * @param ids the sequence of INVOCATION ids that all callees of other routers share, so that no callee gets an id twice
     * @param open counts the invocations of all such callees
     */
    static SessionCalls elsewhere(Session session, ProgressAnnouncement progress, RequestIds ids, AtomicInteger open) {
        return new SessionCalls(session, progress, ids, open);
    }

    /** The open calls of this caller, in the order of their request ids. */
    @InTurn
    List<PendingCall> callsInOrder() {
        return calls.values().stream()
                .sorted(Comparator.comparingLong(call -> call.request))
                .toList();
    }

    @InTurn
    long nextOrder() {
        return ++lastOrder;
    }

    /** Changes the number of open calls of this caller that may be moved to another callee. */
    @InTurn
    void countMovable(int change) {
        movable += change;
        if (movable == 0) {
            lastByCallee = null;
        }
    }

    /** Records that a call of this caller was sent to its callee. */
    @InTurn
    void onSent(PendingCall call) {
        if (movable > 0) {
            if (lastByCallee == null) {
                lastByCallee = new Long2LongHashMap(0);
            }
            lastByCallee.put(call.callee.session(), call.order);
        }
    }

    /** Whether a later call of this caller was sent to the callee of {@code call}. */
    @InTurn
    boolean isOvertaken(PendingCall call) {
        return lastByCallee != null && lastByCallee.get(call.callee.session()) > call.order;
    }

    /** Changes the number of open invocations of a callee of another router. */
    @InTurn
    void countInvocations(int change) {
        if (openElsewhere != null) {
            openElsewhere.addAndGet(change);
        }
    }

    /** Whether this callee has open invocations on this router, or on its own router as that router has reported. */
    @InTurn
    boolean isBusy() {
        return isBusyElsewhere || !invocations.isEmpty();
    }

    /** Applies the changed limits of the session. */
    @InTurn
    void useLimits() {
        maxCalls = session.limits().pendingCalls();
        maxKeptBytes = session.limits().outboxBytes();
    }

    /** Whether this callee supports {@code INTERRUPT}. */
    @InTurn
    boolean canBeInterrupted() {
        return session.isOpen() && session.roles().has(Role.CALLEE, Feature.CALL_CANCELING);
    }

    /** Whether this session supports payload passthru mode in this role (section "Payload Passthru Mode"). */
    @InTurn
    boolean supportsPassthru(Role role) {
        return session.roles().has(role, Feature.PAYLOAD_PASSTHRU_MODE);
    }

    /**
     * Whether the open calls of this caller may use {@code bytes} more. Their limit is that of its outbox; while they use less than half of
     * it, one call may exceed it. If all outboxes and open calls together hold too much, the open calls of this caller must not use more
     * than an equal share.
     */
    @InTurn
    boolean mayKeep(long bytes) {
        return (keptBytes + bytes <= maxKeptBytes || keptBytes <= maxKeptBytes / 2)
                && !session.budget().isTooMuchForCall(keptBytes, (int) Math.min(bytes, Integer.MAX_VALUE));
    }

    /** Adds {@code bytes}, which may be negative, to the bytes that the open calls of this caller use. */
    @InTurn
    void hold(long bytes) {
        keptBytes += bytes;
        if (report == null) {
            report = session.budget().report(() -> keptBytes);
        }
        if (keptBytes == 0) {
            report.settle();
        } else {
            report.update();
        }
    }

    /** Whether this callee supports call re-routing (section "Call Re-Routing"). */
    @InTurn
    boolean canReroute() {
        return session.roles().has(Role.CALLEE, Feature.CALL_REROUTE);
    }

    /** Whether this callee supports progressive calls (section "Progressive Call Invocations"). */
    @InTurn
    boolean acceptsProgressiveCalls() {
        return canBeInterrupted() && session.roles().has(Role.CALLEE, Feature.PROGRESSIVE_CALL_INVOCATIONS);
    }

    /**
     * Remembers an ended invocation whose callee was not interrupted. Forgets all older ones when there are too many.
     */
    @InTurn
    void addUninterrupted(long invocation) {
        if (uninterrupted == null || uninterrupted.size() >= MAX_UNINTERRUPTED) {
            uninterrupted = new LinkedHashSet<>();
        }
        uninterrupted.add(invocation);
    }

    /** Removes such an invocation; returns false if it is unknown. */
    @InTurn
    boolean removeUninterrupted(long invocation) {
        return uninterrupted != null && uninterrupted.remove(invocation);
    }
}
