package io.junctor.router.dealer;

import io.junctor.router.meta.PatternTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Finds the registrations of a realm by procedure, pattern and id. Confined to the realm's turn. */
final class RegistrationTable extends PatternTable<Registration> {
    private final RandomIds ids;
    private final Deadlines deadlines;
    private final SplittableRandom random;
    /** Those without callees whose end is not told yet, by id: they go on if a session of another router joins them. */
    private final Map<Long, Registration> untold = new HashMap<>();

    RegistrationTable(RandomIds ids, Deadlines deadlines) {
        super(WampError.NO_SUCH_REGISTRATION, "registration");
        this.ids = ids;
        this.deadlines = deadlines;
        this.random = new SplittableRandom(ids.next());
    }

    /** Draws the id of a new registration. */
    @InTurn
    long newId() {
        return ids.next();
    }

    /**
     * Makes the session, which is not yet one, a callee of the procedure or pattern; creates the registration with this {@code id} if
     * necessary.
     */
    @InTurn
    Callee add(SessionCalls sessionCalls, Register register, long id) {
        RegisterMessageOptions options = register.options();
        Registration registration = get(register.procedure(), options.match());
        if (registration == null) {
            Registration former = untold.remove(id);
            registration = former == null ? new Registration(id, register, deadlines.now(), random) : former;
            add(registration, sessionCalls.session.id());
        }
        Callee callee = registration.add(sessionCalls, options);
        sessionCalls.registrations.put(registration.id(), callee);
        return callee;
    }

    /** Removes a callee from its registration; deletes the registration if it was the last one. */
    @InTurn
    void remove(Callee callee) {
        Registration registration = callee.registration;
        callee.sessionCalls.registrations.remove(registration.id());
        registration.remove(callee);
        if (registration.isEmpty()) {
            remove(registration);
            if (registration.untold > 0) {
                untold.put(registration.id(), registration);
            }
        }
    }

    /** The end of a removed callee is told now. */
    @InTurn
    void told(Registration registration) {
        registration.untold--;
        if (registration.untold == 0) {
            untold.remove(registration.id());
        }
    }
}
