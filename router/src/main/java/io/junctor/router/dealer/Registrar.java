package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
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
 * Belongs to the turn. Who becomes and who ceases to be a callee (sections "Registering and Unregistering" and "Registration
 * Revocation").
 */
final class Registrar {
    /** How long a callee may be silent whose place a session wants that may take procedures from others; for any other, {@code pong_wait}. */
    static final long PROBE_MILLIS = 2_000;

    private static final String REPLACED = "junctor.revoked.replaced";

    private final RegistrationTable table;
    private final RegistrationEvents events;
    private final InvocationPlacement placement;
    private final Deadlines deadlines;
    private final Counters counters;

    Registrar(
            RegistrationTable table,
            RegistrationEvents events,
            InvocationPlacement placement,
            Deadlines deadlines,
            Counters counters) {
        this.table = table;
        this.events = events;
        this.placement = placement;
        this.deadlines = deadlines;
        this.counters = counters;
    }

    /** Registers a procedure or pattern that nobody has registered, or that is shared in the same way, or by force. */
    @InTurn
    void register(SessionCalls sessionCalls, Register register) {
        if (sessionCalls.registrations.size() + sessionCalls.probing
                >= sessionCalls.session.limits().registrations()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(sessionCalls, register, DealerErrors.TOO_MANY_REGISTRATIONS);
            return;
        }
        Registration known = table.get(register.procedure(), register.options().match());
        if (known == null
                && !table.hasRoom(
                        sessionCalls.session,
                        register.procedure(),
                        register.options().match())) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            refuse(sessionCalls, register, DealerErrors.TOO_MANY_SHAPES);
        } else if (known == null) {
            addCallee(sessionCalls, register);
        } else if (register.options().extensions().forceReregister()) {
            replace(known, sessionCalls, register);
        } else if (known.isShared()) {
            share(known, sessionCalls, register);
        } else {
            probe(known.choose().sessionCalls, sessionCalls, register);
        }
    }

    /** Ends a registration of this session; its open invocations go on. */
    @InTurn
    void unregister(SessionCalls sessionCalls, Unregister unregister) {
        Callee callee = sessionCalls.registrations.get(unregister.registration());
        if (callee == null) {
            sessionCalls.session.refuse(
                    DealerErrors.noSuchRegistration(unregister.registration()), Unregister.CODE, unregister.request());
            return;
        }
        table.remove(callee);
        sessionCalls.session.reply(new Unregistered(unregister.request(), null));
        settle(callee);
    }

    /** Ends a callee's registration against its will, and tells it if it can understand; its open invocations go on. */
    @InTurn
    void revoke(Callee callee, @Nullable String reason) {
        if (callee.registration.holds(callee)) {
            table.remove(callee);
            tell(callee, reason);
            settle(callee);
        }
    }

    /** Ends all registrations of a session that leaves, in slices, then runs {@code after}. */
    @InTurn
    void removeAll(SessionCalls sessionCalls, Runnable after) {
        deadlines.slices().forEach(List.copyOf(sessionCalls.registrations.values()), this::removeGone, after);
    }

    /** Another may have replaced it since its session left. */
    @InTurn
    private void removeGone(Callee callee) {
        if (callee.registration.holds(callee)) {
            table.remove(callee);
            events.onUnregistered(callee);
            placement.onCalleeGone(callee.registration);
        }
    }

    /** A session has left, or lost a procedure: others that wanted what it held try again, in slices; then {@code after} runs. */
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

    // ---- Pieces.

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
        Callee callee = table.add(sessionCalls, register);
        sessionCalls.session.reply(new Registered(register.request(), callee.registration.id()));
        events.onRegistered(callee);
        placement.refill(callee);
    }

    /** In one step for callers: also those whose calls wait go to the new callee. */
    @InTurn
    private void replace(Registration known, SessionCalls sessionCalls, Register register) {
        List<PendingCall> waiting = known.waiting.all();
        waiting.forEach(placement::withdraw);
        List<Callee> former = new ArrayList<>(known.callees());
        for (Callee callee : former) {
            table.remove(callee);
            tell(callee, REPLACED);
        }
        Callee callee = table.add(sessionCalls, register);
        sessionCalls.session.reply(new Registered(register.request(), callee.registration.id()));
        events.onReplaced(former);
        events.onRegistered(callee);
        waiting.forEach(call -> placement.moveTo(callee.registration, call));
        former.forEach(this::retryIfEmpty);
    }

    /** What follows from the end of a registration that is not due to the end of its session. */
    @InTurn
    private void settle(Callee callee) {
        events.onUnregistered(callee);
        placement.onCalleeGone(callee.registration);
        retryIfEmpty(callee);
    }

    @InTurn
    private void retryIfEmpty(Callee callee) {
        if (callee.registration.isEmpty()) {
            retryWaitingRequests(callee.sessionCalls, () -> {});
        }
    }

    @InTurn
    private static void tell(Callee callee, @Nullable String reason) {
        Session session = callee.sessionCalls.session;
        if (session.roles().has(Role.CALLEE, Feature.REGISTRATION_REVOCATION)) {
            session.reply(new Unregistered(0, new RevocationDetails(callee.registration.id(), reason)));
        }
    }

    @InTurn
    private static void refuse(SessionCalls sessionCalls, Register register, Refusal refusal) {
        sessionCalls.session.refuse(refusal, Register.CODE, register.request());
    }

    // ---- Whether a callee is still there, where somebody else wants its place.

    /** Asks {@code holder} for a sign of life; {@code request} waits for the outcome. */
    @InTurn
    private void probe(SessionCalls holder, SessionCalls request, Register register) {
        if (holder == request) {
            refuse(request, register, DealerErrors.alreadyRegisteredBySession(register.procedure()));
            return;
        }
        boolean mayReplace = request.session
                .rights()
                .mayNow(new PermissionQuery(
                        Action.REPLACE, register.procedure(), register.options().match()));
        CalleeProbe running = holder.probe;
        if (running != null) {
            running.add(request, register);
            shortenWait(holder, running, mayReplace);
            return;
        }
        CalleeProbe probe = new CalleeProbe();
        probe.add(request, register);
        holder.probe = probe;
        // A session that has left loses in a few turns what it registered.
        if (holder.session.isOpen()) {
            probe.deadline = deadlines.after(holder.session.pongWaitMillis(), () -> onSilent(holder, probe));
            shortenWait(holder, probe, mayReplace);
            holder.session.probe(() -> deadlines.soon(() -> onAlive(holder, probe)));
        }
    }

    /** Waits no longer for {@code holder} than one needs to that may take procedures from others. */
    @InTurn
    private void shortenWait(SessionCalls holder, CalleeProbe probe, boolean mayReplace) {
        if (mayReplace && !probe.mayReplace && probe.deadline != PendingCall.NO_DEADLINE) {
            probe.mayReplace = true;
            deadlines.cancel(probe.deadline);
            long waitMillis = Math.min(PROBE_MILLIS, holder.session.pongWaitMillis());
            probe.deadline = deadlines.after(waitMillis, () -> onSilent(holder, probe));
        }
    }

    @InTurn
    private void onAlive(SessionCalls holder, CalleeProbe probe) {
        if (holder.probe == probe && probe.deadline != PendingCall.NO_DEADLINE) {
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
     * It leaves, soon; those who applied wait for that. A callee with open invocations may be busy: it is not ended for the sake of sessions
     * that may not take procedures from others, and the pings of its connection find out whether it is gone.
     */
    @InTurn
    private void onSilent(SessionCalls holder, CalleeProbe probe) {
        if (!probe.mayReplace && !holder.invocations.isEmpty()) {
            refuseAll(holder, probe);
            return;
        }
        probe.deadline = PendingCall.NO_DEADLINE;
        holder.session.endAsSilent();
    }

    @InTurn
    private void end(SessionCalls holder, CalleeProbe probe) {
        holder.probe = null;
        if (probe.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(probe.deadline);
            probe.deadline = PendingCall.NO_DEADLINE;
        }
    }
}
