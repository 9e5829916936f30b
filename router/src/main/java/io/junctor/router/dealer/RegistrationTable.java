package io.junctor.router.dealer;

import io.junctor.router.session.RandomIds;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who registered what, by procedure. */
final class RegistrationTable {
    private final RandomIds ids;
    private final Map<Uri, Registration> byProcedure = new HashMap<>();

    RegistrationTable(RandomIds ids) {
        this.ids = ids;
    }

    @InTurn
    @Nullable
    Registration matching(Uri procedure) {
        return byProcedure.get(procedure);
    }

    /** Registers {@code procedure} for {@code callee}; null if it is registered already. */
    @InTurn
    @Nullable
    Registration add(Party callee, Uri procedure) {
        if (byProcedure.containsKey(procedure)) {
            return null;
        }
        Registration registration = new Registration(ids.next(), procedure, callee);
        byProcedure.put(procedure, registration);
        callee.registrations.put(registration.id(), registration);
        return registration;
    }

    /** Ends the callee's registration; false if it has none with this id. */
    @InTurn
    boolean remove(Party callee, long id) {
        Registration registration = callee.registrations.remove(id);
        if (registration == null) {
            return false;
        }
        byProcedure.remove(registration.procedure());
        return true;
    }

    /** Ends all registrations of {@code callee}. */
    @InTurn
    void removeAll(Party callee) {
        callee.registrations.values().forEach(registration -> byProcedure.remove(registration.procedure()));
        callee.registrations.clear();
    }

    /** How many registrations exist. */
    @InTurn
    int size() {
        return byProcedure.size();
    }
}
