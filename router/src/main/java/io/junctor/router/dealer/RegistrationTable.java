package io.junctor.router.dealer;

import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.match.PatternMap;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who registered what, by procedure and pattern, and by id. */
final class RegistrationTable {
    private final RandomIds ids;
    private final Deadlines deadlines;
    private final SplittableRandom random;
    private final PatternMap<Registration> byProcedure = new PatternMap<>();
    private final IdTable<Registration> byId = new IdTable<>();

    RegistrationTable(RandomIds ids, Deadlines deadlines) {
        this.ids = ids;
        this.deadlines = deadlines;
        this.random = new SplittableRandom(ids.next());
    }

    /** The one registration that a call to {@code procedure} goes to, or null. */
    @InTurn
    @Nullable
    Registration best(Uri procedure) {
        return byProcedure.best(procedure);
    }

    /** The registration of this very procedure or pattern, or null. */
    @InTurn
    @Nullable
    Registration get(Uri procedure, MatchPolicy match) {
        return byProcedure.get(procedure, match);
    }

    /** The registration with this id, or null. */
    @InTurn
    @Nullable
    Registration get(long id) {
        return byId.get(id);
    }

    /** All registrations, in no order. */
    @InTurn
    List<Registration> all() {
        return byId.copy();
    }

    /** Whether {@code session} may register a procedure or pattern that nobody has registered. */
    @InTurn
    boolean hasRoom(Session session, Uri procedure, MatchPolicy match) {
        Names limits = session.limits().names();
        return byProcedure.hasRoom(
                procedure, match, session.id(), limits.wildcardShapes(), limits.wildcardShapesPerSession());
    }

    /** Makes {@code party}, which is none yet, a callee of the procedure or pattern. */
    @InTurn
    Callee add(SessionCalls party, Register register) {
        RegisterMessageOptions options = register.options();
        Registration registration = byProcedure.get(register.procedure(), options.match());
        if (registration == null) {
            registration = new Registration(ids.next(), register, deadlines.now(), random);
            byProcedure.put(registration.procedure, registration.match, registration, party.session.id());
            byId.put(registration.id, registration);
        }
        Callee callee = registration.add(party, options);
        party.registrations.put(registration.id, callee);
        return callee;
    }

    /** Ends a callee's part in its registration, which ends with the last one. */
    @InTurn
    void remove(Callee callee) {
        Registration registration = callee.registration;
        callee.party.registrations.remove(registration.id);
        registration.remove(callee);
        if (registration.isEmpty()) {
            byProcedure.remove(registration.procedure, registration.match);
            byId.remove(registration.id);
        }
    }

    /** How many registrations exist. */
    @InTurn
    int size() {
        return byId.size();
    }
}
