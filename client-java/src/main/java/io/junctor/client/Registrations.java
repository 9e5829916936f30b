package io.junctor.client;

import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Safe for use by many threads. The registrations of the realm (section "Registration Meta API"). Methods wait for the router and
 * throw {@link WampException}: {@code wamp.error.not_authorized} where this session may not do that,
 * {@code wamp.error.no_such_registration} for an unknown one.
 */
public final class Registrations {
    private final Session session;

    Registrations(Session session) {
        this.session = session;
    }

    /** The ids of all. */
    public IdsByMatch list() {
        return IdsByMatch.of(session.call("wamp.registration.list"));
    }

    /** The registration of exactly this procedure or pattern, if somebody has one. */
    public OptionalLong lookup(String procedure, MatchPolicy match) {
        Result result = session.call("wamp.registration.lookup", procedure, Map.of("match", match.wire()));
        return MetaCalls.id(result);
    }

    /** The registration that gets a call of this procedure, if there is one. */
    public OptionalLong match(String procedure) {
        return MetaCalls.id(session.call("wamp.registration.match", procedure));
    }

    /** What a registration is. */
    public RegistrationDetails get(long id) {
        return RegistrationDetails.of(session.call("wamp.registration.get", id), 0);
    }

    /** The sessions that answer it, the earliest first. */
    public List<Long> callees(long id) {
        return session.call("wamp.registration.list_callees", id).as(MetaCalls.IDS);
    }

    /** How many sessions answer it. */
    public long countCallees(long id) {
        return session.call("wamp.registration.count_callees", id).as(Long.class);
    }

    /** Takes a registration from a session, which is told the reason, a URI. */
    public void removeCallee(long id, long callee, String reason) {
        session.call("wamp.registration.remove_callee", Args.of(id, callee).with("reason", reason));
    }

    /** Tells {@code listener} of every new registration, with the session it is for. */
    public Subscription onCreate(BiConsumer<Long, RegistrationDetails> listener) {
        return session.subscribe(
                "wamp.registration.on_create",
                event -> listener.accept(event.argument(0, Long.class), RegistrationDetails.of(event, 1)));
    }

    /** Tells {@code listener} the session and the registration, whenever a session gets one. */
    public Subscription onRegister(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_register", listener);
    }

    /** Tells {@code listener} the session and the registration, whenever a session loses one. */
    public Subscription onUnregister(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_unregister", listener);
    }

    /** Tells {@code listener} the last session and the registration, whenever nobody has it any more. */
    public Subscription onDelete(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_delete", listener);
    }
}
