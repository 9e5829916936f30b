package io.junctor.router.dealer;

import io.junctor.router.cluster.Claim;
import io.junctor.router.cluster.LinkFlush;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.Signal;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dealers of the same realm on other routers. A callee of another router is a session here whose messages go to its router; a caller of
 * another router is that router, which has chosen the callee. A callee is registered when all routers agree. Confined to the realm's
 * turn.
 */
public final class RemoteDealers {
    /** What the dealers of other routers have to do with here. */
    record Tables(SessionCallsTable sessions, OpenCalls calls, Deadlines deadlines) {}

    /** A REGISTER that waits until the routers agree. */
    private record Waiting(long session, long request) {}

    private final RealmLink link;
    private final LinkFlush flush;
    private final Session.Bounds bounds;
    private final RandomIds ids;
    private final Dealer dealer;
    private final Registrar registrar;
    private final SessionCallsTable sessions;
    private final OpenCalls calls;
    private final Deadlines deadlines;
    private final Long2ObjectHashMap<RemoteSession> calleeById = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<RemoteCaller> callerByRouter = new Long2ObjectHashMap<>();
    private final Map<Waiting, SessionCalls> claims = new HashMap<>();
    /** INVOCATIONs that came before their callee was registered here, by its session. */
    private final Map<Long, List<Runnable>> early = new HashMap<>();

    RemoteDealers(Elsewhere elsewhere, RandomIds ids, Dealer dealer, Registrar registrar, Tables tables) {
        this.link = elsewhere.link();
        this.flush = new LinkFlush(link);
        this.bounds = elsewhere.bounds();
        this.ids = ids;
        this.dealer = dealer;
        this.registrar = registrar;
        this.sessions = tables.sessions();
        this.calls = tables.calls();
        this.deadlines = tables.deadlines();
    }

    // ---- Calls of this router.

    /** Runs {@code next} when the callees of other routers are known; later requests of the session wait meanwhile. */
    @InTurn
    void awaitCallees(Session session, Call call, Runnable next) {
        session.beginLongWork();
        link.whenCalleesKnown(
                call.procedure(),
                () -> inTurn(() -> {
                    if (session.isOpen()) {
                        next.run();
                    }
                    session.endLongWork();
                }));
    }

    // ---- Registrations of this router.

    /** Asks the routers to agree that this session becomes a callee; it is answered when they do. */
    @InTurn
    void claim(SessionCalls sessionCalls, Register register, boolean replaces) {
        Session session = sessionCalls.session;
        sessionCalls.waitingRegisters++;
        claims.put(new Waiting(session.id(), register.request()), sessionCalls);
        SharedCallee callee =
                new SharedCallee(link.router(), session.id(), session.identity(), session.roles(), 0, register);
        long registration = ids.next();
        link.register(callee, replaces, new Claim() {
            @Override
            public long newRegistration() {
                return registration;
            }

            @Override
            public void decideAnew() {
                inTurn(() -> RemoteDealers.this.decideAnew(sessionCalls, register));
            }

            @Override
            public void fail(String why) {
                inTurn(() -> onFailed(sessionCalls, register, why));
            }
        });
    }

    private void inTurn(Runnable operation) {
        Pass.run(() -> deadlines.soon(operation));
    }

    @InTurn
    private void decideAnew(SessionCalls sessionCalls, Register register) {
        if (endClaim(sessionCalls.session.id(), register) != null && sessionCalls.session.isOpen()) {
            registrar.register(sessionCalls, register);
        }
    }

    @InTurn
    private void onFailed(SessionCalls sessionCalls, Register register, String why) {
        if (endClaim(sessionCalls.session.id(), register) != null) {
            Refusal refusal = Refusal.of(WampError.NETWORK_FAILURE, why);
            sessionCalls.session.refuse(refusal.about(register.procedure().text()), Register.CODE, register.request());
        }
    }

    @InTurn
    private @Nullable SessionCalls endClaim(long session, Register register) {
        SessionCalls sessionCalls = claims.remove(new Waiting(session, register.request()));
        if (sessionCalls != null) {
            sessionCalls.waitingRegisters--;
        }
        return sessionCalls;
    }

    /** Tells the other routers that this callee is gone; {@code released} runs in the turn when other sessions may register. */
    @InTurn
    void release(Callee callee, Runnable released) {
        link.release(shared(callee), () -> inTurn(released));
    }

    @InTurn
    private SharedCallee shared(Callee callee) {
        Session session = callee.sessionCalls.session;
        return new SharedCallee(
                link.router(),
                session.id(),
                session.identity(),
                session.roles(),
                callee.registration.id(),
                new Register(1, callee.registration.options(), callee.registration.uri()));
    }

    /** Whether a callee is a session of another router. */
    @InTurn
    boolean isElsewhere(Callee callee) {
        return calleeById.containsKey(callee.sessionCalls.session.id());
    }

    // ---- What the link tells.

    /** All routers agree that a session is a callee. */
    @InTurn
    public void onAdmitted(SharedCallee shared) {
        if (shared.router() != link.router()) {
            SessionCalls callee = sessions.of(session(shared));
            callee.isElsewhere = true;
            registrar.admit(callee, shared);
            return;
        }
        SessionCalls sessionCalls = endClaim(shared.session(), shared.register());
        if (sessionCalls != null && sessionCalls.session.isOpen()) {
            registrar.admit(sessionCalls, shared);
        } else {
            link.release(shared, () -> {});
        }
        List<Runnable> waiting = early.remove(shared.session());
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    @InTurn
    private Session session(SharedCallee shared) {
        return calleeById.computeIfAbsent(shared.session(), id -> new RemoteSession(shared, bounds, link, flush))
                .session;
    }

    /** A callee of another router is no longer registered. */
    @InTurn
    public void onDismissed(SharedCallee shared) {
        SessionCalls sessionCalls = sessions.find(shared.session());
        Callee callee = sessionCalls == null ? null : sessionCalls.registrations.get(shared.registration());
        if (callee != null && isElsewhere(callee)) {
            registrar.dismiss(callee);
        }
        forgetIfIdle(shared.session());
    }

    /** Forgets a session of another router that has no registration and no invocation. */
    @InTurn
    private void forgetIfIdle(long session) {
        SessionCalls sessionCalls = sessions.find(session);
        RemoteSession remote = calleeById.get(session);
        if (remote != null
                && sessionCalls != null
                && sessionCalls.registrations.isEmpty()
                && sessionCalls.invocations.isEmpty()
                && sessionCalls.probe == null) {
            calleeById.remove(session);
            sessions.remove(remote.session);
        }
    }

    /** A callee of another router answers. */
    @InTurn
    public void onAnswer(long router, long session, FromClient answer) {
        RemoteSession remote = calleeById.get(session);
        if (remote == null || remote.router != router) {
            return;
        }
        try {
            if (answer instanceof Yield yield) {
                dealer.onYield(remote.session, yield);
            } else if (answer instanceof ErrorMessage error) {
                dealer.onError(remote.session, error);
            }
        } catch (ProtocolViolation unknown) {
            // An answer to an invocation that this router does not know: its call has ended.
        }
        forgetIfIdle(session);
    }

    /** Another router sends something to a callee of this one. */
    @InTurn
    public void onMessage(long router, long session, FromRouter message) {
        SessionCalls callee = sessions.find(session);
        switch (message) {
            case Invocation invocation -> onInvocation(caller(router), callee, session, invocation);
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
        return callerByRouter.computeIfAbsent(router, id -> new RemoteCaller(router, ids.next(), bounds, link, flush));
    }

    @InTurn
    private void onInvocation(
            RemoteCaller caller, @Nullable SessionCalls sessionCalls, long session, Invocation invocation) {
        RemoteCaller.Placed placed = new RemoteCaller.Placed(session, invocation.request());
        Callee callee = sessionCalls == null ? null : sessionCalls.registrations.get(invocation.registration());
        Long open = caller.request(placed);
        if (open != null) {
            PendingCall call = sessions.of(caller.session).calls.get(open.longValue());
            if (call != null && call.expectsMoreParts) {
                calls.continueCall(call, call(open, call.procedure, invocation));
            }
        } else if (callee != null) {
            Uri procedure = Objects.requireNonNullElse(invocation.details().procedure(), callee.registration.uri());
            Call call = call(caller.open(placed), procedure, invocation);
            calls.openPlaced(sessions.of(caller.session), call, callee, invocation.details());
        } else if (hasClaim(session)) {
            early.computeIfAbsent(session, id -> new ArrayList<>())
                    .add(() -> onInvocation(caller, sessions.find(session), session, invocation));
        } else {
            caller.fail(placed, noCallee(invocation));
        }
    }

    @InTurn
    private boolean hasClaim(long session) {
        return claims.keySet().stream().anyMatch(waiting -> waiting.session == session);
    }

    /** The callee has unregistered, and its router could not say so in time. */
    private static ErrorMessage noCallee(Invocation invocation) {
        Uri procedure = invocation.details().procedure();
        Refusal refusal = procedure == null ? DealerErrors.CALLEE_LEFT : DealerErrors.noSuchProcedure(procedure);
        return new ErrorMessage(Call.CODE, 1, ErrorDetails.NONE, refusal.error().uri(), refusal.payload());
    }

    private static Call call(long request, Uri procedure, Invocation invocation) {
        InvocationDetails details = invocation.details();
        CallMessageOptions options = new CallMessageOptions(
                0, details.receiveProgress(), details.progress(), false, details.passthru(), List.of(), Dict.EMPTY);
        return new Call(request, options, procedure, invocation.payload());
    }

    @InTurn
    private void onInterrupt(RemoteCaller caller, long session, Interrupt interrupt) {
        Long request = caller.request(new RemoteCaller.Placed(session, interrupt.request()));
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

    /** Another router signals something about a callee. */
    @InTurn
    public void onSignal(long router, long session, Signal signal) {
        RemoteSession remote = calleeById.get(session);
        SessionCalls own = remote == null ? sessions.find(session) : null;
        switch (signal) {
            case PROBE -> {
                if (own != null) {
                    own.session.probe(() -> inTurn(() -> {
                        link.signal(router, session, Signal.ALIVE);
                        flush.soon();
                    }));
                }
            }
            case ALIVE -> {
                if (remote != null) {
                    remote.onAlive();
                }
            }
            case SILENT -> {
                if (own != null) {
                    own.session.endAsSilent();
                }
            }
        }
    }

    /** Another router is gone: its callees answer no more, and its calls need no answer. */
    @InTurn
    public void onGone(long router) {
        RemoteCaller caller = callerByRouter.remove(router);
        if (caller != null) {
            dealer.onLeave(caller.session, () -> {});
        }
        List<RemoteSession> callees = calleeById.values().stream()
                .filter(callee -> callee.router == router)
                .toList();
        for (RemoteSession callee : callees) {
            callee.session.markLeft();
            calleeById.remove(callee.session.id());
            dealer.onLeave(callee.session, () -> {});
        }
    }
}
