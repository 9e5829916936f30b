package io.junctor.client.meta;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.client.Args;
import io.junctor.client.PeerIdentity;
import io.junctor.client.Session;
import io.junctor.client.Subscription;
import io.junctor.client.WampException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists, observes and ends the sessions of the realm (section "Session Meta API"). Thread-safe.
 *
 * <p>Methods wait for the router. They throw {@link WampException} with {@code wamp.error.not_authorized} if the role
 * of this session does not allow the procedure, and with {@code wamp.error.no_such_session} for an unknown session id.
 */
public final class SessionMetaApi {
    private static final TypeReference<List<Long>> IDS = new TypeReference<>() {};

    private final Session session;

    /** Creates the meta API of the realm that {@code session} has joined. */
    public SessionMetaApi(Session session) {
        this.session = session;
    }

    /** Returns the number of sessions. */
    public long count() {
        return session.call("wamp.session.count").as(Long.class);
    }

    /** Returns the number of sessions that have one of these roles. */
    public long count(Collection<String> authroles) {
        return session.call("wamp.session.count", authroles).as(Long.class);
    }

    /** Returns the ids of all sessions. */
    public List<Long> list() {
        return session.call("wamp.session.list").as(IDS);
    }

    /** Returns the ids of the sessions that have one of these roles. */
    public List<Long> list(Collection<String> authroles) {
        return session.call("wamp.session.list", authroles).as(IDS);
    }

    /** Returns the identity of a session. */
    public SessionDetails get(long id) {
        return SessionDetails.of(session.call("wamp.session.get", id));
    }

    /** Ends another session. To end the own session, call {@link Session#close}. */
    public void kill(long id) {
        session.call("wamp.session.kill", id);
    }

    /** Ends another session. It gets a {@code GOODBYE} with the URI {@code reason} and the text {@code message}. */
    public void kill(long id, String reason, String message) {
        session.call("wamp.session.kill", withReason(Args.of(id), reason, message));
    }

    /** Ends all other sessions with this authid and returns their ids. */
    public List<Long> killByAuthid(String authid, String reason, String message) {
        return session.call("wamp.session.kill_by_authid", withReason(Args.of(authid), reason, message))
                .as(IDS);
    }

    /** Ends all other sessions with this role and returns their number. */
    public long killByAuthrole(String authrole, String reason, String message) {
        return session.call("wamp.session.kill_by_authrole", withReason(Args.of(authrole), reason, message))
                .as(Long.class);
    }

    /**
     * Ends all other sessions and returns their number. The router publishes neither {@code wamp.session.on_leave} nor
     * the testaments of these sessions.
     */
    public long killAll(String reason, String message) {
        return session.call("wamp.session.kill_all", withReason(Args.NONE, reason, message))
                .as(Long.class);
    }

    /** Calls {@code listener} for every session that joins from now on. */
    public Subscription onJoin(Consumer<SessionDetails> listener) {
        return session.subscribe("wamp.session.on_join", event -> listener.accept(SessionDetails.of(event)));
    }

    /** Calls {@code listener} for every session that leaves from now on. */
    public Subscription onLeave(Consumer<PeerIdentity> listener) {
        return session.subscribe(
                "wamp.session.on_leave",
                event -> listener.accept(new PeerIdentity(
                        event.argument(0, Long.class),
                        event.optionalArgument(1, String.class).orElse(null),
                        event.optionalArgument(2, String.class).orElse(null))));
    }

    private static Args withReason(Args args, String reason, String message) {
        return args.with("reason", reason).with("message", message);
    }
}
