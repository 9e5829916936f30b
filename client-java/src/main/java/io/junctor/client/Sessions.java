package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Safe for use by many threads. The sessions of the realm (section "Session Meta API"). Methods wait for the router and throw
 * {@link WampException}: {@code wamp.error.not_authorized} where this session may not do that, {@code wamp.error.no_such_session} for
 * an unknown one.
 */
public final class Sessions {
    private static final TypeReference<List<Long>> IDS = new TypeReference<>() {};

    private final Session session;

    Sessions(Session session) {
        this.session = session;
    }

    /** How many there are. */
    public long count() {
        return session.call("wamp.session.count").as(Long.class);
    }

    /** How many there are with one of these roles. */
    public long count(Collection<String> authroles) {
        return session.call("wamp.session.count", authroles).as(Long.class);
    }

    /** The ids of all. */
    public List<Long> list() {
        return session.call("wamp.session.list").as(IDS);
    }

    /** The ids of those with one of these roles. */
    public List<Long> list(Collection<String> authroles) {
        return session.call("wamp.session.list", authroles).as(IDS);
    }

    /** Who a session is. */
    public SessionDetails get(long id) {
        return SessionDetails.of(session.call("wamp.session.get", id));
    }

    /** Ends a session. Others only: its own {@code close} is for that. */
    public void kill(long id) {
        session.call("wamp.session.kill", id);
    }

    /** Ends a session, which is told the reason, a URI, and a text for people. */
    public void kill(long id, String reason, String message) {
        session.call("wamp.session.kill", told(Args.of(id), reason, message));
    }

    /** Ends all other sessions with this authid; returns their ids. */
    public List<Long> killByAuthid(String authid, String reason, String message) {
        return session.call("wamp.session.kill_by_authid", told(Args.of(authid), reason, message))
                .as(IDS);
    }

    /** Ends all other sessions with this role; returns how many. */
    public long killByAuthrole(String authrole, String reason, String message) {
        return session.call("wamp.session.kill_by_authrole", told(Args.of(authrole), reason, message))
                .as(Long.class);
    }

    /** Ends all other sessions, of which nobody is told and whose testaments are not published; returns how many. */
    public long killAll(String reason, String message) {
        return session.call("wamp.session.kill_all", told(Args.NONE, reason, message))
                .as(Long.class);
    }

    /** Tells {@code listener} of every session that joins from now on. */
    public Subscription onJoin(Consumer<SessionDetails> listener) {
        return session.subscribe("wamp.session.on_join", event -> listener.accept(SessionDetails.of(event)));
    }

    /** Tells {@code listener} of every session that has left from now on. */
    public Subscription onLeave(Consumer<Identity> listener) {
        return session.subscribe(
                "wamp.session.on_leave",
                event -> listener.accept(new Identity(
                        event.argument(0, Long.class),
                        event.optionalArgument(1, String.class).orElse(null),
                        event.optionalArgument(2, String.class).orElse(null))));
    }

    private static Args told(Args args, String reason, String message) {
        return args.with("reason", reason).with("message", message);
    }
}
