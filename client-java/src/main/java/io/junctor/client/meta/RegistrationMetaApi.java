package io.junctor.client.meta;

import io.junctor.client.Args;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.Subscription;
import io.junctor.client.WampException;
import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Lists, observes and ends the registrations of the realm (section "Registration Meta API"). Thread-safe.
 *
 * <p>Methods wait for the router. They throw {@link WampException} with {@code wamp.error.not_authorized} if the role
 * of this session does not allow the procedure, and with {@code wamp.error.no_such_registration} for an unknown
 * registration id.
 */
public final class RegistrationMetaApi {
    private final Session session;

    /** Creates the meta API of the realm that {@code session} has joined. */
    public RegistrationMetaApi(Session session) {
        this.session = session;
    }

    /** Returns the ids of all registrations. */
    public IdsByMatchPolicy list() {
        return IdsByMatchPolicy.of(session.call("wamp.registration.list"));
    }

    /** Returns the id of the registration of exactly this procedure or pattern, if there is one. */
    public OptionalLong lookup(String procedure, MatchPolicy match) {
        Result result = session.call("wamp.registration.lookup", procedure, Map.of("match", match.wire()));
        return MetaCalls.id(result);
    }

    /** Returns the id of the registration that the router would use for a call of this procedure, if there is one. */
    public OptionalLong match(String procedure) {
        return MetaCalls.id(session.call("wamp.registration.match", procedure));
    }

    /** Returns the procedure and the properties of a registration. */
    public RegistrationDetails get(long id) {
        return RegistrationDetails.of(session.call("wamp.registration.get", id), 0);
    }

    /** Returns the ids of the callees, in the order in which they registered. */
    public List<Long> callees(long id) {
        return session.call("wamp.registration.list_callees", id).as(MetaCalls.IDS);
    }

    /** Returns the number of callees. */
    public long countCallees(long id) {
        return session.call("wamp.registration.count_callees", id).as(Long.class);
    }

    /** Removes a callee from a registration. The router sends the callee the reason, a URI. */
    public void removeCallee(long id, long callee, String reason) {
        session.call("wamp.registration.remove_callee", Args.of(id, callee).with("reason", reason));
    }

    /** Calls {@code listener} with the first callee and the registration whenever a registration is created. */
    public Subscription onCreate(BiConsumer<Long, RegistrationDetails> listener) {
        return session.subscribe(
                "wamp.registration.on_create",
                event -> listener.accept(event.argument(0, Long.class), RegistrationDetails.of(event, 1)));
    }

    /** Calls {@code listener} with the session id and the registration id whenever a session registers. */
    public Subscription onRegister(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_register", listener);
    }

    /**
     * Calls {@code listener} with the session id and the registration id whenever a session is no longer registered.
     */
    public Subscription onUnregister(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_unregister", listener);
    }

    /**
     * Calls {@code listener} with the last callee's session id and the registration id whenever a registration is
     * deleted.
     */
    public Subscription onDelete(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.registration.on_delete", listener);
    }
}
