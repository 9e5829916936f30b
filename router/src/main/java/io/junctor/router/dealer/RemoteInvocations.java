package io.junctor.router.dealer;

import io.junctor.router.cluster.ExclusiveRequests;
import io.junctor.router.cluster.WaitingMessages;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Handles invocations that other routers have placed with callees of this router. Confined to the realm's turn. */
final class RemoteInvocations {
    private final SessionCallsTable sessions;
    private final OpenCalls calls;
    private final Registrar registrar;
    private final RemoteClaims claims;
    private final ExclusiveRequests exclusive;
    private final WaitingMessages waiting;
    private final LongFunction<RemoteCaller> newCaller;
    private final Long2ObjectHashMap<RemoteCaller> callerByRouter = new Long2ObjectHashMap<>();

    /**
     * @param newCaller creates the caller that represents a router
     */
    RemoteInvocations(
            RemoteDealers.LocalTables tables,
            Registrar registrar,
            RemoteClaims claims,
            ExclusiveRequests exclusive,
            WaitingMessages waiting,
            LongFunction<RemoteCaller> newCaller) {
        this.sessions = tables.sessions();
        this.calls = tables.calls();
        this.registrar = registrar;
        this.claims = claims;
        this.exclusive = exclusive;
        this.waiting = waiting;
        this.newCaller = newCaller;
    }

    /** Handles a message of another router for a callee of this router. */
    @InTurn
    void onMessage(long router, long session, FromRouter message) {
        if (waiting.areFor(session)) {
            waiting.add(session, () -> onMessage(router, session, message));
            return;
        }
        SessionCalls callee = sessions.find(session);
        switch (message) {
            case Invocation invocation -> onInvocation(caller(router), callee, session, invocation);
            case Interrupt question
            when RemoteCaller.asks(question) -> onQuestion(caller(router), session, question.request());
            case Interrupt interrupt -> onInterrupt(caller(router), session, interrupt);
            case Unregistered revoked -> revoke(callee, revoked);
            default -> {
                if (callee != null) {
                    callee.session.reply(message, message.payload());
                }
            }
        }
    }

    @InTurn
    private RemoteCaller caller(long router) {
        return callerByRouter.computeIfAbsent(router, newCaller);
    }

    @InTurn
    private void onInvocation(
            RemoteCaller caller, @Nullable SessionCalls sessionCalls, long session, Invocation invocation) {
        RemoteCaller.PlacedInvocation placed = new RemoteCaller.PlacedInvocation(session, invocation.request());
        Callee callee = sessionCalls == null ? null : sessionCalls.registrations.get(invocation.registration());
        Long open = caller.request(placed);
        if (open != null) {
            PendingCall call = sessions.of(caller.session).calls.get(open.longValue());
            if (call != null && call.expectsMoreParts) {
                calls.continueCall(call, RemoteCaller.call(open, call.procedure, invocation));
            }
        } else if (callee != null && !callee.registration.isShared() && exclusive.mustWait()) {
            waiting.awaitRight(session);
            exclusive.await(
                    () -> {
                        placeIfHeld(caller, callee, placed, invocation);
                        waiting.onRight(session);
                    },
                    () -> {
                        caller.fail(placed, DealerErrors.ALONE);
                        waiting.onRight(session);
                    });
        } else if (callee != null) {
            place(caller, callee, placed, invocation);
        } else if (claims.has(session)) {
            waiting.add(session, () -> onInvocation(caller, sessions.find(session), session, invocation));
        } else {
            caller.giveBack(placed, DealerErrors.CALLEE_LEFT);
        }
    }

    @InTurn
    private void place(
            RemoteCaller caller, Callee callee, RemoteCaller.PlacedInvocation placed, Invocation invocation) {
        Uri procedure = Objects.requireNonNullElse(invocation.details().procedure(), callee.registration.uri());
        long request = caller.open(placed);
        calls.openPlaced(
                sessions.of(caller.session),
                RemoteCaller.call(request, procedure, invocation),
                callee,
                new PendingCall.Placement(invocation.details(), refusal -> caller.giveBack(request, refusal)));
    }

    /** Opens an invocation that has waited, unless its callee was removed or its router has left the cluster. */
    @InTurn
    private void placeIfHeld(
            RemoteCaller caller, Callee callee, RemoteCaller.PlacedInvocation placed, Invocation invocation) {
        if (!callee.registration.holds(callee)) {
            caller.giveBack(placed, DealerErrors.CALLEE_LEFT);
        } else if (callerByRouter.containsValue(caller)) {
            place(caller, callee, placed, invocation);
        }
    }

    /** Answers the question of another router whether an invocation is open, after the invocations that wait and arrived before the question. */
    @InTurn
    private void onQuestion(RemoteCaller caller, long session, long invocation) {
        RemoteCaller.PlacedInvocation placed = new RemoteCaller.PlacedInvocation(session, invocation);
        if (exclusive.mustWait()) {
            exclusive.await(() -> caller.failIfUnknown(placed), () -> caller.failIfUnknown(placed));
        } else {
            caller.failIfUnknown(placed);
        }
    }

    @InTurn
    private void onInterrupt(RemoteCaller caller, long session, Interrupt interrupt) {
        Long request = caller.request(new RemoteCaller.PlacedInvocation(session, interrupt.request()));
        PendingCall call =
                request == null ? null : sessions.of(caller.session).calls.get(request.longValue());
        if (call != null && !call.killed) {
            calls.cancel(call, Objects.requireNonNullElse(interrupt.options().mode(), CancelMode.KILL_NO_WAIT));
        }
    }

    @InTurn
    private void revoke(@Nullable SessionCalls sessionCalls, Unregistered revoked) {
        RevocationDetails revocation = revoked.revocation();
        Callee callee =
                sessionCalls == null || revocation == null ? null : sessionCalls.registrations.get(revocation.id());
        if (callee != null && revocation != null) {
            registrar.revoke(callee, revocation.reason());
        }
    }

    /** The routers that have or had calls on this router. */
    @InTurn
    List<Long> routers() {
        return callerByRouter.keySet().stream().sorted().toList();
    }

    /** Removes and returns the caller that represents a router which has left the cluster; null if that router had no calls on this router. */
    @InTurn
    @Nullable
    RemoteCaller onGone(long router) {
        return callerByRouter.remove(router);
    }
}
