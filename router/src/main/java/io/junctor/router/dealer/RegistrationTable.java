package io.junctor.router.dealer;

import io.junctor.router.match.PatternMap;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Refusal;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Uri;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who registered what, by procedure and pattern. */
final class RegistrationTable {
    private final RandomIds ids;
    private final SplittableRandom random;
    private final PatternMap<Registration> byProcedure = new PatternMap<>();

    RegistrationTable(RandomIds ids) {
        this.ids = ids;
        this.random = new SplittableRandom(ids.next());
    }

    /** The one registration that a call to {@code procedure} goes to, or null. */
    @InTurn
    @Nullable
    Registration best(Uri procedure) {
        return byProcedure.best(procedure);
    }

    /** Why {@code party} cannot register this, or null if it can. */
    @InTurn
    @Nullable
    Refusal refusal(Party party, Register register) {
        RegisterOptions options = register.options();
        Registration known = byProcedure.get(register.procedure(), options.match());
        if (known == null) {
            return null;
        }
        if (known.invoke == InvokePolicy.SINGLE) {
            return Refusals.ALREADY_REGISTERED;
        }
        if (known.invoke != options.invoke()) {
            return Refusals.OTHER_INVOKE;
        }
        return party.registrations.containsKey(known.id) ? Refusals.HELD_ALREADY : null;
    }

    /** Makes {@code party}, which {@link #refusal} lets pass, a callee of the procedure or pattern. */
    @InTurn
    Registration add(Party party, Register register) {
        RegisterOptions options = register.options();
        Registration registration = byProcedure.get(register.procedure(), options.match());
        if (registration == null) {
            registration =
                    new Registration(ids.next(), register.procedure(), options.match(), options.invoke(), random);
            byProcedure.put(registration.procedure, registration.match, registration);
        }
        boolean keepsTimeout = options.forwardTimeout() && party.session.roles().has(Role.CALLEE, Feature.CALL_TIMEOUT);
        party.registrations.put(registration.id, registration.add(party, options.discloseCaller(), keepsTimeout));
        return registration;
    }

    /** Ends the session's part in a registration; false if it has none with this id. */
    @InTurn
    boolean remove(Party party, long id) {
        Callee callee = party.registrations.remove(id);
        if (callee == null) {
            return false;
        }
        forget(callee);
        return true;
    }

    /** Ends the session's part in all registrations. */
    @InTurn
    void removeAll(Party party) {
        party.registrations.values().forEach(this::forget);
        party.registrations.clear();
    }

    /** How many registrations exist. */
    @InTurn
    int size() {
        return byProcedure.size();
    }

    @InTurn
    private void forget(Callee callee) {
        Registration registration = callee.registration;
        registration.remove(callee);
        if (registration.isEmpty()) {
            byProcedure.remove(registration.procedure, registration.match);
        }
    }
}
