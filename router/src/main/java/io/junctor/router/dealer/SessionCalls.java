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
    /** The registrations of this callee, by registration id; none of a callee of another router. */
    final LongMap<Callee> registrations = new LongMap<>();
    /** Request ids of this caller's progressive calls, open or ended. */
    final ProgressiveCallIds progressiveCallIds = new ProgressiveCallIds();
    /** The heap that the open calls of this caller use, including arguments that are kept for another callee. */
    private long keptBytes;

    /** The order of the last call of this caller. */
    private long lastOrder;
    /** How many open calls of this caller may go to another callee. */
    private int movable;
    /** The order of the last call that each callee got while there were such calls, by its session. */
    private @Nullable Long2LongHashMap lastByCallee;

    /** Reports {@link #keptBytes} to what all outboxes and open calls hold together; null before the first call. */
    private OutboxBudget.@Nullable Report report;
    /** The probe that is running, while other sessions want to register a procedure of this callee; else null. */
    @Nullable
    CalleeProbe probe;
    /** The number of REGISTER messages of this session that wait for the probe of another session. */
    int waitingRegisters;
    /**
     * Ended invocations with progressive results whose callee was not interrupted. It is interrupted at its next
     * progressive result. Null before the first one.
     */
    private @Nullable Set<Long> uninterrupted;

    /** Whether this is a callee of another router, where its invocations may wait. */
    final boolean isElsewhere;
    /** How many invocations all such callees have; null for a session of this router. */
    private final @Nullable AtomicInteger openElsewhere;

    /** Whether the router of this callee of another router has told that it has open invocations there. */
    boolean isBusyElsewhere;

    /** Whether another router asks if this callee is alive, and has no answer. */
    boolean isProbed;
    /** When it was asked first, of those questions that have no answer. */
    long probedNanos;

    /** Whether INVOCATION tells this callee that the caller accepts progressive results. */
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
     * The calls of a callee of another router, which is forgotten while it has none.
     *
     * @param ids the ids of INVOCATION messages to all such callees, so that none comes twice to one of them
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

    /** More or fewer open calls of this caller may go to another callee. */
    @InTurn
    void countMovable(int change) {
        movable += change;
        if (movable == 0) {
            lastByCallee = null;
        }
    }

    /** A call of this caller was sent to its callee. */
    @InTurn
    void onSent(PendingCall call) {
        if (movable > 0) {
            if (lastByCallee == null) {
                lastByCallee = new Long2LongHashMap(0);
            }
            lastByCallee.put(call.callee.session(), call.order);
        }
    }

    /** Whether the callee of {@code call} has got a later call of this caller. */
    @InTurn
    boolean isOvertaken(PendingCall call) {
        return lastByCallee != null && lastByCallee.get(call.callee.session()) > call.order;
    }

    /** The callee has an invocation more or less. */
    @InTurn
    void countInvocations(int change) {
        if (openElsewhere != null) {
            openElsewhere.addAndGet(change);
        }
    }

    /** Whether this callee has open invocations, here or as its router has told. */
    @InTurn
    boolean isBusy() {
        return isBusyElsewhere || !invocations.isEmpty();
    }

    /** The limits of the session have changed. */
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
     * Whether the open calls of this caller may use {@code bytes} more: the limit is that of its outbox. While they use less than half of
     * it, one call may be larger. If all outboxes and open calls hold too much, they may not use more than an equal share.
     */
    @InTurn
    boolean mayKeep(long bytes) {
        return (keptBytes + bytes <= maxKeptBytes || keptBytes <= maxKeptBytes / 2)
                && !session.budget().isTooMuchForCall(keptBytes, (int) Math.min(bytes, Integer.MAX_VALUE));
    }

    /** The open calls of this caller use {@code bytes} more, or less if negative. */
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
