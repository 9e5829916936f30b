package io.junctor.router.dealer;

import io.junctor.router.match.PatternMap;
import io.junctor.router.session.RandomIds;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who registered what, by procedure and pattern. */
final class RegistrationTable {
    private final RandomIds ids;
    private final PatternMap<Registration> byProcedure = new PatternMap<>();

    RegistrationTable(RandomIds ids) {
        this.ids = ids;
    }

    /** The one registration that a call to {@code procedure} goes to, or null. */
    @InTurn
    @Nullable
    Registration best(Uri procedure) {
        return byProcedure.best(procedure);
    }

    /** Registers a procedure or pattern for {@code callee}; null if this very one is registered already. */
    @InTurn
    @Nullable
    Registration add(Party callee, Uri procedure, MatchPolicy match) {
        if (byProcedure.get(procedure, match) != null) {
            return null;
        }
        Registration registration = new Registration(ids.next(), procedure, match, callee);
        byProcedure.put(procedure, match, registration);
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
        forget(registration);
        return true;
    }

    /** Ends all registrations of {@code callee}. */
    @InTurn
    void removeAll(Party callee) {
        callee.registrations.values().forEach(this::forget);
        callee.registrations.clear();
    }

    /** How many registrations exist. */
    @InTurn
    int size() {
        return byProcedure.size();
    }

    @InTurn
    private void forget(Registration registration) {
        byProcedure.remove(registration.procedure(), registration.match());
    }
}
