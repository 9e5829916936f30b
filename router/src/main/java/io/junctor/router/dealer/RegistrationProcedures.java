package io.junctor.router.dealer;

import io.junctor.router.meta.InvalidArgument;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Parties parties;

    RegistrationProcedures(Registrar registrar, RegistrationTable table, Parties parties) {
        this.registrar = registrar;
        this.table = table;
        this.parties = parties;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.registration.list", (caller, arguments) -> list(),
                "wamp.registration.lookup", (caller, arguments) -> lookup(arguments),
                "wamp.registration.match", this::match,
                "wamp.registration.get",
                        (caller, arguments) -> about(arguments, found -> MetaAnswer.of(found.describe())),
                "wamp.registration.list_callees",
                        (caller, arguments) -> about(arguments, RegistrationProcedures::callees),
                "wamp.registration.count_callees",
                        (caller, arguments) -> about(arguments, found -> MetaAnswer.of((long) found.size())),
                "wamp.registration.remove_callee", (caller, arguments) -> removeCallee(arguments));
    }

    @InTurn
    private MetaAnswer list() {
        List<Registration> all = table.all();
        return MetaAnswer.about(all.size(), () -> MetaAnswer.of(idsByMatch(all)));
    }

    /** Perhaps outside of the turn. */
    private static Map<String, List<Long>> idsByMatch(List<Registration> registrations) {
        Map<String, List<Long>> idsByMatch = new LinkedHashMap<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            idsByMatch.put(match.wire(), new ArrayList<>());
        }
        for (Registration registration : registrations) {
            List<Long> ids = idsByMatch.get(registration.match.wire());
            if (ids != null) {
                ids.add(registration.id);
            }
        }
        return idsByMatch;
    }

    @InTurn
    private MetaAnswer lookup(MetaArguments arguments) {
        return idOf(table.get(arguments.uri(0), arguments.optionalMatch(1)));
    }

    /** Tells the registration that a call goes to; a call to the router's own procedures goes to none. */
    @InTurn
    private MetaAnswer match(Session caller, MetaArguments arguments) {
        Uri procedure = arguments.uri(0);
        if (!caller.rights().isPattern(procedure, MatchPolicy.EXACT)) {
            throw new InvalidArgument("argument 1 must be a URI");
        }
        return idOf(procedure.isReserved() ? null : table.best(procedure));
    }

    @InTurn
    private MetaAnswer removeCallee(MetaArguments arguments) {
        long id = arguments.id(0);
        Party party = parties.find(arguments.id(1));
        String reason = arguments.optionalText("reason");
        Callee callee = party == null ? null : party.registrations.get(id);
        return callee == null
                ? new MetaAnswer.Refused(table.get(id) == null ? NO_REGISTRATION : NO_CALLEE)
                : MetaAnswer.done(() -> registrar.revoke(callee, reason));
    }

    @InTurn
    private MetaAnswer about(MetaArguments arguments, Function<Registration, MetaAnswer> told) {
        Registration registration = table.get(arguments.id(0));
        return registration == null ? new MetaAnswer.Refused(NO_REGISTRATION) : told.apply(registration);
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
