package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.options.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds callees to registrations and removes them (sections "Registering and Unregistering" and "Registration
 * Revocation"). Confined to the realm's turn.
 */
final class Registrar {
    /** The reason in UNREGISTERED if another session has replaced the callee. */
    static final String REPLACED = "junctor.revoked.replaced";

    private final RegistrationTable table;
    private final RegistrationEvents events;
    private final InvocationPlacement placement;
    private final Deadlines deadlines;
    private final RealmCounters counters;
    /** The dealers of this realm on other routers; null if the realm is on this router only. */
    private @Nullable RemoteDealers remote;

    Registrar(
            RegistrationTable table,
            RegistrationEvents events,
            InvocationPlacement placement,
            Deadlines deadlines,
            RealmCounters counters) {
        this.table = table;
        this.events = events;
        this.placement = placement;
        this.deadlines = deadlines;
        this.counters = counters;
    }

    /** Shares the registrations with other routers. Call this before the first session joins. */
    void share(@Nullable RemoteDealers dealers) {
        this.remote = dealers;
    }

    /** Registers a procedure or pattern. If another session holds it exclusively, that session is probed first. */
    @InTurn
    void register(SessionCalls sessionCalls, Register register) {
        if (sessionCalls.registrations.size() + sessionCalls.waitingRegisters
                >= sessionCalls.session.limits().registrations()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(sessionCalls, register, DealerErrors.tooManyRegistrations(sessionCalls.session.limits()));
            return;
        }
        Registration known = table.get(register.procedure(), register.options().match());
        if (known == null
                && !table.hasRoom(
                        sessionCalls.session,
                        register.procedure(),
                        register.options().match())) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(
                    sessionCalls,
                    register,
                    DealerErrors.TOO_MANY_SHAPES.about(register.procedure().text()));
        } else if (known == null) {
            addCallee(sessionCalls, register);
        } else if (register.options().extensions().forceReregister()) {
            replace(known, sessionCalls, register);
        } else if (known.isShared()) {
            share(known, sessionCalls, register);
        } else if (known.choose().isGone()) {
            removeGone(known.choose());
            register(sessionCalls, register);
        } else {
            probe(known.choose().sessionCalls(), sessionCalls, register);
        }
    }

    /** Removes this session from a registration; its open invocations continue. */
    @InTurn
    void unregister(SessionCalls sessionCalls, Unregister unregister) {
        Callee callee = sessionCalls.registrations.get(unregister.registration());
        if (callee == null) {
            sessionCalls.session.refuse(
                    DealerErrors.noSuchRegistration(unregister.registration()), Unregister.CODE, unregister.request());
            return;
        }
        Unregistered answer = new Unregistered(unregister.request(), null);
        if (remote == null) {
            table.remove(callee);
            sessionCalls.session.reply(answer);
            afterRemoval(callee);
        } else {
            callee.registration.untold++;
            table.remove(callee);
            endCalls(callee);
            remote.claims().release(callee, () -> {
                table.told(callee.registration);
                sessionCalls.session.reply(answer);
                events.onUnregistered(callee);
            });
        }
    }

    /**
     * Removes a callee from its registration and sends it UNREGISTERED if it supports revocation; its open invocations
     * continue.
     */
    @InTurn
    void revoke(Callee callee, @Nullable String reason) {
        if (callee.isElsewhere()) {
            // The router of the callee removes it and informs all other routers.
            callee.sessionCalls().session.reply(revocation(callee, reason));
        } else if (callee.registration.holds(callee)) {
            table.remove(callee);
            release(callee);
            sendRevocation(callee, reason);
            afterRemoval(callee);
        }
    }

    /** Removes a callee of another router, which is no longer registered; its open invocations continue. */
    @InTurn
    void dismiss(Callee callee) {
        if (callee.registration.holds(callee)) {
            table.remove(callee);
            afterRemoval(callee);
        }
    }

    @InTurn
    private void release(Callee callee) {
        if (remote != null && !callee.isElsewhere()) {
            remote.claims().release(callee, () -> {});
        }
    }

    /** Removes a session that leaves from all its registrations, in slices, then runs {@code after}. */
    @InTurn
    void removeAll(SessionCalls sessionCalls, Runnable after) {
        deadlines.slices().forEach(List.copyOf(sessionCalls.registrations.values()), this::removeGone, after);
    }

    /** Removes the callees of a router that has left the cluster from all registrations, in slices, then runs {@code after}. */
    @InTurn
    void removeAll(long router, Runnable after) {
        List<Callee.RemoteCallee> gone = table.callees(router);
        gone.forEach(Callee.RemoteCallee::markGone);
        deadlines.slices().forEach(gone, this::removeGone, after);
    }

    /** Removes a callee unless another session has replaced it since its session left. */
    @InTurn
    private void removeGone(Callee callee) {
        if (callee.registration.holds(callee)) {
            table.remove(callee);
            release(callee);
            events.onUnregistered(callee);
            placement.onCalleeGone(callee.registration);
        }
    }

    /** Repeats the REGISTER messages that waited for a callee which has left, in slices; then runs {@code after}. */
    @InTurn
    void retryWaitingRequests(SessionCalls former, Runnable after) {
        CalleeProbe probe = former.probe;
        if (probe == null) {
            after.run();
            return;
        }
        end(former, probe);
        deadlines.slices().forEach(probe.takeAll(), this::retry, after);
    }

    @InTurn
    private void retry(CalleeProbe.WaitingRequest request) {
        if (request.sessionCalls().session.isOpen()) {
            register(request.sessionCalls(), request.register());
        }
    }

    // ---- Steps.

    @InTurn
    private void share(Registration known, SessionCalls sessionCalls, Register register) {
        if (!known.isSharedAs(register.options())) {
            refuse(sessionCalls, register, DealerErrors.otherInvokePolicy(known.uri(), known.invoke));
        } else if (sessionCalls.registrations.containsKey(known.id())) {
            refuse(sessionCalls, register, DealerErrors.alreadyRegisteredBySession(known.uri()));
        } else {
            addCallee(sessionCalls, register);
        }
    }

    @InTurn
    private void addCallee(SessionCalls sessionCalls, Register register) {
        if (remote == null) {
            addNow(RegistrationTable.Candidate.of(sessionCalls, register), table.newId());
        } else {
            remote.claims()
                    .claim(
                            sessionCalls,
                            register,
                            register.options().extensions().forceReregister());
        }
    }

    /** Adds a callee on which all routers agree. */
    @InTurn
    void admit(RegistrationTable.Candidate candidate, SharedCallee shared) {
        Callee former = table.callee(shared.registration(), shared.session());
        if (former != null && former.isGone()) {
            removeGone(former);
        }
        Registration known = table.get(shared.procedure(), shared.options().match());
        if (known != null && known.id() != shared.registration()) {
            replaceNow(known, candidate, shared.registration());
        } else if (known == null || known.callee(shared.session()) == null) {
            addNow(candidate, shared.registration());
        }
    }

    @InTurn
    private void addNow(RegistrationTable.Candidate candidate, long id) {
        Callee callee = table.add(candidate, id);
        answer(callee, candidate.register());
        events.onRegistered(callee);
        placement.sendWaitingCalls(callee);
    }

    @InTurn
    private void answer(Callee callee, Register register) {
        if (!callee.isElsewhere()) {
            callee.sessionCalls().session.reply(new Registered(register.request(), callee.registration.id()));
        }
    }

    /**
     * Replaces all callees of a registration at once: no call finds the procedure without a callee, and waiting calls
     * move to the new callee.
     */
    @InTurn
    private void replace(Registration known, SessionCalls sessionCalls, Register register) {
        if (remote == null) {
            replaceNow(known, RegistrationTable.Candidate.of(sessionCalls, register), table.newId());
        } else {
            remote.claims().claim(sessionCalls, register, true);
        }
    }

    @InTurn
    private void replaceNow(Registration known, RegistrationTable.Candidate candidate, long id) {
        List<PendingCall> waiting = known.waiting();
        waiting.forEach(placement::withdraw);
        List<Callee> former = new ArrayList<>(known.callees());
        for (Callee callee : former) {
            table.remove(callee);
            if (!callee.isElsewhere()) {
                sendRevocation(callee, REPLACED);
            }
        }
        Callee callee = table.add(candidate, id);
        answer(callee, candidate.register());
        events.onReplaced(former);
        events.onRegistered(callee);
        waiting.forEach(call -> placement.moveTo(callee.registration, call));
        former.forEach(this::retryIfEmpty);
    }

    /** Announces a removed callee, ends or moves calls that waited for it, and repeats waiting REGISTER messages. */
    @InTurn
    private void afterRemoval(Callee callee) {
        events.onUnregistered(callee);
        endCalls(callee);
    }

    /** Ends or moves calls that waited for a removed callee, and repeats waiting REGISTER messages. */
    @InTurn
    private void endCalls(Callee callee) {
        placement.onCalleeGone(callee.registration);
        retryIfEmpty(callee);
    }

    @InTurn
    private void retryIfEmpty(Callee callee) {
        SessionCalls former = callee.knownCalls();
        if (former != null && callee.registration.isEmpty()) {
            retryWaitingRequests(former, () -> {});
        }
    }

    @InTurn
    private static void sendRevocation(Callee callee, @Nullable String reason) {
        Session session = callee.sessionCalls().session;
        if (session.roles().has(Role.CALLEE, Feature.REGISTRATION_REVOCATION)) {
            session.reply(revocation(callee, reason));
        }
    }

    private static Unregistered revocation(Callee callee, @Nullable String reason) {
        return new Unregistered(0, new RevocationDetails(callee.registration.id(), reason));
    }

    @InTurn
    private static void refuse(SessionCalls sessionCalls, Register register, Refusal refusal) {
        sessionCalls.session.refuse(refusal, Register.CODE, register.request());
    }

    // ---- Probes of callees whose procedure another session wants to register.

    /** Pings {@code holder}; {@code requester} waits for the result. */
    @InTurn
    private void probe(SessionCalls holder, SessionCalls requester, Register register) {
        if (holder == requester) {
            refuse(requester, register, DealerErrors.alreadyRegisteredBySession(register.procedure()));
            return;
        }
        boolean mayReplace = requester
                .session
                .rights()
                .mayNow(new PermissionQuery(
                        Action.REPLACE, register.procedure(), register.options().match()));
        CalleeProbe running = holder.probe;
        if (running != null) {
            running.add(requester, register);
            running.shortenWait(deadlines, mayReplace);
            return;
        }
        CalleeProbe probe = new CalleeProbe();
        probe.add(requester, register);
        holder.probe = probe;
        // No ping if the session has left: its registrations are removed within a few turns.
        if (holder.session.isOpen()) {
            probe.await(deadlines, holder.session.pongWaitMillis(), () -> onSilent(holder, probe));
            probe.shortenWait(deadlines, mayReplace);
            holder.session.probe(() -> deadlines.soon(() -> onAlive(holder, probe)));
        }
    }

    @InTurn
    private void onAlive(SessionCalls holder, CalleeProbe probe) {
        if (holder.probe == probe && (holder.isElsewhere || probe.isWaiting())) {
            refuseAll(holder, probe);
        }
    }

    @InTurn
    private void refuseAll(SessionCalls holder, CalleeProbe probe) {
        end(holder, probe);
        for (CalleeProbe.WaitingRequest request : probe.takeAll()) {
            refuse(
                    request.sessionCalls(),
                    request.register(),
                    DealerErrors.alreadyRegistered(request.register().procedure()));
        }
    }

    /**
     * Ends the session of a callee that did not answer the ping; the waiting requests are repeated when it has left. A
     * callee with open invocations may be busy: its session is ended only for a session that may replace callees,
     * otherwise the keep-alive of its connection decides.
     */
    @InTurn
    private void onSilent(SessionCalls holder, CalleeProbe probe) {
        if (!probe.mayReplace && holder.isBusy()) {
            refuseAll(holder, probe);
            return;
        }
        probe.onExpired();
        holder.session.endAsSilent();
    }

    @InTurn
    private void end(SessionCalls holder, CalleeProbe probe) {
        holder.probe = null;
        probe.cancel(deadlines);
    }
}
