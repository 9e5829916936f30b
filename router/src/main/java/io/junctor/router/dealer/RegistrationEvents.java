package io.junctor.router.dealer;

import io.junctor.router.meta.MetaEvents;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.List;

/**
 * Announces the events of the registration meta API (section "Registration Meta API"). Confined to the realm's turn.
 */
final class RegistrationEvents {
    private static final Uri ON_CREATE = new Uri("wamp.registration.on_create");
    private static final Uri ON_REGISTER = new Uri("wamp.registration.on_register");
    private static final Uri ON_UNREGISTER = new Uri("wamp.registration.on_unregister");
    private static final Uri ON_DELETE = new Uri("wamp.registration.on_delete");

    private final MetaEvents events;

    RegistrationEvents(MetaEvents events) {
        this.events = events;
    }

    /** Announces that {@code callee} has registered, and before it the registration if the callee created it. */
    @InTurn
    void onRegistered(Callee callee) {
        Registration registration = callee.registration;
        if (registration.size() == 1 && registration.untold == 0) {
            events.announce(
                    ON_CREATE,
                    registration.permissionQuery(),
                    () -> Arguments.of(callee.session(), registration.describe()));
        }
        announce(ON_REGISTER, callee);
    }

    /**
     * Announces that {@code callee} is no longer registered, and the end of the registration if it has no callees left.
     */
    @InTurn
    void onUnregistered(Callee callee) {
        announce(ON_UNREGISTER, callee);
        if (callee.registration.isEmpty() && callee.registration.untold == 0) {
            announce(ON_DELETE, callee);
        }
    }

    /** Announces that {@code callees}, all of one registration, were replaced. */
    @InTurn
    void onReplaced(List<Callee> callees) {
        callees.forEach(callee -> announce(ON_UNREGISTER, callee));
        if (callees.getLast().registration.untold == 0) {
            announce(ON_DELETE, callees.getLast());
        }
    }

    @InTurn
    private void announce(Uri topic, Callee callee) {
        events.announce(topic, () -> Arguments.of(callee.session(), callee.registration.id()));
    }
}
