package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.meta.PatternProcedures;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers calls to the registration meta API (section "Registration Meta API"). It does not show the router's own procedures. */
final class RegistrationProcedures {
    private final Registrar registrar;
    private final RegistrationTable table;
    private final SessionCallsTable sessions;
    private final PatternProcedures<Registration> common;

    RegistrationProcedures(Registrar registrar, RegistrationTable table, SessionCallsTable sessions) {
        this.registrar = registrar;
        this.table = table;
        this.sessions = sessions;
        this.common = new PatternProcedures<>(table, this::registrationIds);
    }

    /** The procedures by URI. */
    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.registration.list", (caller, arguments) -> common.list(caller),
                "wamp.registration.lookup", common::lookup,
                "wamp.registration.match", this::match,
                "wamp.registration.get", common::get,
                "wamp.registration.list_callees",
                        (caller, arguments) -> common.about(caller, arguments, RegistrationProcedures::callees),
                "wamp.registration.count_callees",
                        (caller, arguments) ->
                                common.about(caller, arguments, found -> MetaAnswer.of((long) found.size())),
                "wamp.registration.remove_callee", (caller, arguments) -> removeCallee(arguments),
                "junctor.procedure.list", (caller, arguments) -> ProcedureListing.list(table, arguments));
    }

    @InTurn
    private Set<Long> registrationIds(Session session) {
        SessionCalls sessionCalls = sessions.find(session.id());
        return sessionCalls == null ? Set.of() : sessionCalls.registrations.ids();
    }

    /** The registration to which a call of the procedure goes. A call of a procedure of the router goes to no registration. */
    @InTurn
    private MetaAnswer match(Session caller, MetaArguments arguments) {
        Uri procedure = PatternProcedures.uriToMatch(caller, arguments);
        Registration found = procedure.isReserved() ? null : table.best(procedure);
        boolean visible = found != null
                && (common.isVisible(caller, found)
                        || caller.rights().mayNow(new PermissionQuery(Action.CALL, procedure, MatchPolicy.EXACT)));
        return PatternProcedures.idOf(visible ? found : null);
    }

    @InTurn
    private MetaAnswer removeCallee(MetaArguments arguments) {
        long id = arguments.id(0);
        long session = arguments.id(1);
        String reason = arguments.optionalText("reason");
        Registration registration = table.get(id);
        Callee callee = registration == null ? null : registration.callee(session);
        if (callee == null) {
            return new MetaAnswer.Refused(registration == null ? table.notFound(id) : table.notHeld(session, id));
        }
        return MetaAnswer.done(() -> registrar.revoke(callee, reason));
    }

    @InTurn
    private static MetaAnswer callees(Registration registration) {
        return MetaAnswer.about(registration.callees().size(), () -> {
            List<Callee> callees = List.copyOf(registration.callees());
            return () -> MetaAnswer.of(callees.stream().map(Callee::session).toList());
        });
    }
}
