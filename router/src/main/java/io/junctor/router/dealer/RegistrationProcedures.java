package io.junctor.router.dealer;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.meta.InvalidArgument;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The registration meta API (section "Registration Meta API"). The router's own procedures are no registrations.
 */
final class RegistrationProcedures {
    private static final Refusal NO_REGISTRATION =
            Refusal.of(WampError.NO_SUCH_REGISTRATION, "there is no registration with this id");
    private static final Refusal NO_CALLEE =
            Refusal.of(WampError.NO_SUCH_REGISTRATION, "this session holds no registration with this id");

    private final Registrar registrar;
    private final RegistrationTable table;
    private final SessionCallsTable parties;

    RegistrationProcedures(Registrar registrar, RegistrationTable table, SessionCallsTable parties) {
        this.registrar = registrar;
        this.table = table;
        this.parties = parties;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.registration.list", (caller, arguments) -> list(caller),
                "wamp.registration.lookup", this::lookup,
                "wamp.registration.match", this::match,
                "wamp.registration.get",
                        (caller, arguments) -> about(caller, arguments, found -> MetaAnswer.of(found.describe())),
                "wamp.registration.list_callees",
                        (caller, arguments) -> about(caller, arguments, RegistrationProcedures::callees),
                "wamp.registration.count_callees",
                        (caller, arguments) -> about(caller, arguments, found -> MetaAnswer.of((long) found.size())),
                "wamp.registration.remove_callee", (caller, arguments) -> removeCallee(arguments));
    }

    @InTurn
    private MetaAnswer list(Session caller) {
        List<Registration> all = table.all();
        Set<Long> own = own(caller);
        return MetaAnswer.about(all.size(), () -> MetaAnswer.of(idsByMatch(all, own, caller.rights())));
    }

    @InTurn
    private Set<Long> own(Session caller) {
        SessionCalls party = parties.find(caller.id());
        return party == null ? Set.of() : Set.copyOf(party.registrations.keySet());
    }

    /** A session is told of the registrations that it has, and of those that it may call. */
    @InTurn
    private boolean isVisible(Session caller, Registration registration) {
        SessionCalls party = parties.find(caller.id());
        return (party != null && party.registrations.containsKey(registration.id))
                || caller.rights().mayNow(registration.calling());
    }

    /** Perhaps outside of the turn. */
    private static Map<String, List<Long>> idsByMatch(
            List<Registration> registrations, Set<Long> own, SessionPermissions rights) {
        Map<String, List<Long>> idsByMatch = new LinkedHashMap<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            idsByMatch.put(match.wire(), new ArrayList<>());
        }
        for (Registration registration : registrations) {
            List<Long> ids = idsByMatch.get(registration.match.wire());
            if (ids != null && (own.contains(registration.id) || rights.mayNow(registration.calling()))) {
                ids.add(registration.id);
            }
        }
        return idsByMatch;
    }

    @InTurn
    private MetaAnswer lookup(Session caller, MetaArguments arguments) {
        Registration found = table.get(arguments.uri(0), arguments.optionalMatch(1));
        return idOf(found == null || !isVisible(caller, found) ? null : found);
    }

    /** Tells the registration that a call goes to; a call to the router's own procedures goes to none. */
    @InTurn
    private MetaAnswer match(Session caller, MetaArguments arguments) {
        Uri procedure = arguments.uri(0);
        if (!caller.rights().isPattern(procedure, MatchPolicy.EXACT)) {
            throw new InvalidArgument("argument 1 must be a URI");
        }
        Registration found = procedure.isReserved() ? null : table.best(procedure);
        boolean told = found != null
                && (isVisible(caller, found)
                        || caller.rights().mayNow(new PermissionQuery(Action.CALL, procedure, MatchPolicy.EXACT)));
        return idOf(told ? found : null);
    }

    @InTurn
    private MetaAnswer removeCallee(MetaArguments arguments) {
        long id = arguments.id(0);
        SessionCalls party = parties.find(arguments.id(1));
        String reason = arguments.optionalText("reason");
        Callee callee = party == null ? null : party.registrations.get(id);
        return callee == null
                ? new MetaAnswer.Refused(table.get(id) == null ? NO_REGISTRATION : NO_CALLEE)
                : MetaAnswer.done(() -> registrar.revoke(callee, reason));
    }

    @InTurn
    private MetaAnswer about(Session caller, MetaArguments arguments, Function<Registration, MetaAnswer> told) {
        Registration registration = table.get(arguments.id(0));
        return registration == null || !isVisible(caller, registration)
                ? new MetaAnswer.Refused(NO_REGISTRATION)
                : told.apply(registration);
    }

    @InTurn
    private static MetaAnswer callees(Registration registration) {
        List<Callee> callees = List.copyOf(registration.callees());
        return MetaAnswer.about(
                callees.size(),
                () -> MetaAnswer.of(callees.stream()
                        .map(callee -> callee.party.session.id())
                        .toList()));
    }

    private static MetaAnswer idOf(@Nullable Registration registration) {
        return MetaAnswer.of(registration == null ? null : (Object) registration.id);
    }
}
