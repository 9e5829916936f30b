package io.junctor.router.dealer;

import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.meta.PatternTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the registrations of a realm by procedure, pattern and id. Confined to the realm's turn. */
final class RegistrationTable extends PatternTable<Registration> {
    /** A session that will become a callee of a registration. */
    record Candidate(Register register, long session, Function<Registration, Callee> join) {
        /** A session of this router. */
        static Candidate of(SessionCalls sessionCalls, Register register) {
            return new Candidate(
                    register,
                    sessionCalls.session.id(),
                    registration -> registration.add(sessionCalls, register.options()));
        }

        /** A session of another router. */
        static Candidate of(SharedCallee elsewhere, RemoteDealers dealers) {
            return new Candidate(
                    elsewhere.register(), elsewhere.session(), registration -> registration.add(elsewhere, dealers));
        }
    }

    private final RandomIds ids;
    private final Deadlines deadlines;
    private final SplittableRandom random;
    /**
     * The registrations without callees whose deletion is not announced yet, by id. Such a registration continues if a session of another
     * router becomes its callee.
     */
    private final Map<Long, Registration> untold = new HashMap<>();

    RegistrationTable(RandomIds ids, Deadlines deadlines) {
        super(WampError.NO_SUCH_REGISTRATION, "registration");
        this.ids = ids;
        this.deadlines = deadlines;
        this.random = new SplittableRandom(ids.next());
    }

    /** Generates the id of a new registration. */
    @InTurn
    long newId() {
        return ids.next();
    }

    /** Makes the candidate a callee; creates the registration with this {@code id} if necessary. The session must not be a callee of it yet. */
    @InTurn
    Callee add(Candidate candidate, long id) {
        Register register = candidate.register;
        Registration registration = get(register.procedure(), register.options().match());
        if (registration == null) {
            Registration former = untold.remove(id);
            registration = former == null ? new Registration(id, register, deadlines.now(), random) : former;
            add(registration, candidate.session);
        }
        return candidate.join.apply(registration);
    }

    /** Whether a registration may have several callees. */
    @InTurn
    boolean isShared(long registration) {
        Registration known = get(registration);
        return known != null && known.isShared();
    }

    /** The callee of a registration that is this session, or null. */
    @InTurn
    @Nullable
    Callee callee(long registration, long session) {
        Registration known = get(registration);
        return known == null ? null : known.callee(session);
    }

    /** The callees of another router, in no order. */
    @InTurn
    List<Callee.RemoteCallee> callees(long router) {
        List<Callee.RemoteCallee> found = new ArrayList<>();
        for (Registration registration : all()) {
            for (Callee callee : registration.callees()) {
                if (callee instanceof Callee.RemoteCallee elsewhere && elsewhere.shared.router() == router) {
                    found.add(elsewhere);
                }
            }
        }
        return found;
    }

    /** Removes a callee from its registration; deletes the registration if this was its last callee. */
    @InTurn
    void remove(Callee callee) {
        Registration registration = callee.registration;
        registration.remove(callee);
        if (registration.isEmpty()) {
            remove(registration);
            if (registration.untold > 0) {
                untold.put(registration.id(), registration);
            }
        }
    }

    /** Records that the removal of a callee was announced. */
    @InTurn
    void told(Registration registration) {
        registration.untold--;
        if (registration.untold == 0) {
            untold.remove(registration.id());
        }
    }
}
